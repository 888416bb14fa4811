import { describe, expect, it } from 'vitest';
import { DigestGroups } from '../../../../renderer/features/browse/digest-groups.ts';

const groupsOf = (...tags: readonly (readonly [name: string, digest: string])[]) => {
  const groups = new DigestGroups();
  for (const [name, digest] of tags) groups.put(name, digest);
  return groups;
};

describe('tags of one digest', () => {
  it('name one another, the most exact version first', () => {
    const groups = groupsOf(['latest', 'a'], ['2', 'a'], ['2.4.1', 'a'], ['2.4', 'a'], ['1', 'b']);
    expect(groups.othersOf('latest')).toEqual(['2.4.1', '2.4', '2']);
    expect(groups.othersOf('2.4.1')).toEqual(['2.4', '2', 'latest']);
    expect(groups.othersOf('1')).toEqual([]);
    expect(groups.othersOf('unknown')).toEqual([]);
  });

  it('part when a tag moves on', () => {
    const groups = groupsOf(['latest', 'a'], ['1', 'a'], ['2', 'b']);
    expect(groups.othersOf('latest')).toEqual(['1']);
    groups.put('latest', 'b');
    expect(groups.othersOf('latest')).toEqual(['2']);
    expect(groups.othersOf('1')).toEqual([]);
    expect(groups.othersOf('2')).toEqual(['latest']);
  });

  it('forget what is no more', () => {
    const groups = groupsOf(['latest', 'a'], ['1', 'a'], ['1.0', 'a']);
    groups.drop('1');
    groups.drop('unknown');
    expect(groups.othersOf('latest')).toEqual(['1.0']);
    expect(groups.othersOf('1')).toEqual([]);
  });

  it('are the same list until something changes', () => {
    const groups = groupsOf(['latest', 'a'], ['1', 'a']);
    const before = groups.othersOf('latest');
    groups.put('1', 'a');
    groups.put('2', 'b');
    expect(groups.othersOf('latest')).toBe(before);
  });

  it('are fifty at most, however many there are', () => {
    const groups = new DigestGroups();
    for (let at = 0; at < 100_000; at += 1) groups.put(`build-${at}`, 'a');
    expect(groups.othersOf('build-7')).toHaveLength(50);
  });
});
