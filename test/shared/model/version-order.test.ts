import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNumbers, sortByVersion } from '../../../shared/model/version-order.ts';

const newestFirst = (...names: readonly string[]) => sortByVersion(names, true);
const oldestFirst = (...names: readonly string[]) => sortByVersion(names, false);

describe('the order of versions', () => {
  it('counts numbers by their value', () => {
    expect(oldestFirst('1.10', '1.9', '1.2.3', '1.9.12', '0.12')).toEqual([
      '0.12',
      '1.2.3',
      '1.9',
      '1.9.12',
      '1.10',
    ]);
  });

  it('puts what comes before a release before it, and variants after it', () => {
    expect(
      oldestFirst('2.0.0-alpine', '2.0.0', '2.0.0-rc.2', '2.0.0-rc.10', '2.0.0-beta', '2.0.0rc1'),
    ).toEqual(['2.0.0-beta', '2.0.0-rc.2', '2.0.0-rc.10', '2.0.0rc1', '2.0.0', '2.0.0-alpine']);
    expect(oldestFirst('1.0-2', '1.0', '1.0-10')).toEqual(['1.0', '1.0-2', '1.0-10']);
  });

  it('reads a v as part of no version, and words that only begin like a stage as variants', () => {
    expect(oldestFirst('v1.10.0', '1.9.0', 'v1.8')).toEqual(['v1.8', '1.9.0', 'v1.10.0']);
    expect(oldestFirst('12-bookworm', '12', '12-devel')).toEqual(['12', '12-bookworm', '12-devel']);
  });

  it('puts words first both ways, latest before all', () => {
    expect(newestFirst('1.0', 'stable', '2.0', 'latest', 'edge')).toEqual([
      'latest',
      'stable',
      'edge',
      '2.0',
      '1.0',
    ]);
    expect(oldestFirst('1.0', 'stable', '2.0', 'latest', 'edge')).toEqual([
      'latest',
      'edge',
      'stable',
      '1.0',
      '2.0',
    ]);
  });

  it('takes short commit ids for words', () => {
    expect(countNumbers('7e3f2a1')).toBe(0);
    expect(newestFirst('7e3f2a1', '1.0')).toEqual(['7e3f2a1', '1.0']);
  });

  it('counts the numbers of a version', () => {
    expect(['latest', '2', 'v2.4', '2.4.1-alpine'].map(countNumbers)).toEqual([0, 1, 2, 3]);
  });

  it('is the same order whatever order the tags came in', () => {
    const part = fc.constantFrom('1', '2.0', '10', 'rc', '-', '_', '.', 'a', 'latest', 'v', '0');
    const tag = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(tag, { maxLength: 12 }), fc.boolean(), (tags, descending) => {
        const sorted = sortByVersion(tags, descending);
        expect([...sorted].sort()).toEqual([...tags].sort());
        expect(sortByVersion([...tags].reverse(), descending)).toEqual(sorted);
      }),
    );
  });
});
