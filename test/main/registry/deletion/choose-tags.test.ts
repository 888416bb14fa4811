import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseByAge, chooseTags } from '../../../../main/registry/deletion/choose-tags.ts';
import { matchesPattern } from '../../../../main/registry/deletion/match-pattern.ts';

describe('a pattern', () => {
  it.each([
    ['dev-1', 'dev-*', true],
    ['dev-', 'dev-*', true],
    ['xdev-1', 'dev-*', false],
    ['1.4.2', '1.?.2', true],
    ['1.42.2', '1.?.2', false],
    ['a.b', 'a?b', true],
    ['axb', 'a.b', false],
    ['abcabd', '*ab?', true],
    ['', '*', true],
    ['', '?', false],
    ['a', '', false],
  ])('%j fits %j: %s', (name, pattern, fits) => {
    expect(matchesPattern(name, pattern)).toBe(fits);
  });

  it('means what a regular expression of the same kind means', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(word, pattern, (name, glob) => {
        const source = glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesPattern(name, glob)).toBe(new RegExp(`^${source}$`).test(name));
      }),
    );
  });

  it('takes no longer the more stars it has', () => {
    expect(matchesPattern('a'.repeat(128), `${'*a'.repeat(99)}*b`)).toBe(false);
  });
});

describe('the choice of tags', () => {
  const [one, two, three] = ['1', '2', '3'].map((digit) => `sha256:${digit.repeat(64)}`) as [
    string,
    string,
    string,
  ];
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const signature = `sha256-${'1'.repeat(64)}.sig`;
  const table = new Map(
    [
      ['1.0', one],
      ['latest', one],
      ['dev-1', two],
      [signature, three],
    ].map(([tag = '', digest = '']) => [tag, { digest, mediaType }] as const),
  );
  const chosenBy = (wish: Parameters<typeof chooseTags>[1]) =>
    [...chooseTags(table, wish)].map(([digest, tags]) => [digest, [...tags]]);

  it('is by name, by digest, by pattern', () => {
    expect(chosenBy({ references: ['1.0'] })).toEqual([[one, ['1.0']]]);
    expect(chosenBy({ references: [one] })).toEqual([[one, []]]);
    expect(chosenBy({ pattern: 'dev-*' })).toEqual([[two, ['dev-1']]]);
    expect(chosenBy({ references: ['1.0', 'dev-1'], pattern: 'dev-*' })).toEqual([
      [two, ['dev-1']],
    ]);
  });

  it('knows manifests without tags by their digests only', () => {
    const bare = `sha256:${'9'.repeat(64)}`;
    expect(chosenBy({ references: [bare] })).toEqual([[bare, []]]);
    expect(chosenBy({ references: [bare], pattern: '*' })).toEqual([]);
  });

  it('leaves tags of tools alone, unless they are meant', () => {
    expect(chosenBy({ pattern: '*' })).toEqual([
      [one, ['1.0', 'latest']],
      [two, ['dev-1']],
    ]);
    expect(chosenBy({ pattern: 'sha256-*' })).toEqual([[three, [signature]]]);
    expect(chosenBy({ references: [signature] })).toEqual([[three, [signature]]]);
  });
});

describe('the choice by age and number', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const aged = (digest: string, days: number | null) => ({
    digest,
    created: days === null ? null : new Date(now - days * 86_400_000).toISOString(),
  });
  const all = [aged('old', 90), aged('new', 1), aged('none', null), aged('mid', 40)];

  it('keeps what states no time', () => {
    expect(chooseByAge(all, { olderThanDays: 0 }, now)).toEqual(['new', 'mid', 'old']);
    expect(chooseByAge(all, { keepNewest: 0 }, now)).toEqual(['new', 'mid', 'old']);
    expect(chooseByAge(all, {}, now)).toHaveLength(4);
  });

  it('counts the newest off first', () => {
    expect(chooseByAge(all, { keepNewest: 1 }, now)).toEqual(['mid', 'old']);
    expect(chooseByAge(all, { olderThanDays: 30 }, now)).toEqual(['mid', 'old']);
    expect(chooseByAge(all, { keepNewest: 2, olderThanDays: 30 }, now)).toEqual(['old']);
    expect(chooseByAge(all, { keepNewest: 9 }, now)).toEqual([]);
  });
});
