import type { SortingState } from '@tanstack/react-table';
import { describe, expect, it } from 'vitest';
import type { TagDetail } from '../../../../renderer/features/browse/tag-details.ts';
import { firstOrder, sortTags } from '../../../../renderer/features/browse/tag-order.ts';

const ready = (name: string, size: number | null, created: string | null): TagDetail => ({
  state: 'ready',
  tag: { name, digest: '', mediaType: '', size, created, platforms: [] },
});
const details = new Map<string, TagDetail>([
  ['big', ready('big', 300, '2026-01-01T00:00:00Z')],
  ['small', ready('small', 10, '2026-03-01T00:00:00Z')],
  ['strange', ready('strange', null, null)],
  ['late', { state: 'loading' }],
]);
const names = ['late', 'small', 'strange', 'big'];
const sorted = (id: string, desc: boolean) =>
  sortTags(names, [{ id, desc }], (name) => details.get(name));

describe('the order of tags', () => {
  it('by name is the one of their versions, the newest first until somebody wants it otherwise', () => {
    const tags = ['latest', '1.10', '1.10-rc.1', '1.9'];
    const sort = (sorting: SortingState) => sortTags(tags, sorting, () => undefined);
    expect(sort(firstOrder)).toEqual(['latest', '1.10', '1.10-rc.1', '1.9']);
    expect(sort([{ id: 'name', desc: false }])).toEqual(['latest', '1.9', '1.10-rc.1', '1.10']);
  });

  it('by size puts what is not known last, both ways', () => {
    expect(sorted('size', false)).toEqual(['small', 'big', 'late', 'strange']);
    expect(sorted('size', true)).toEqual(['big', 'small', 'late', 'strange']);
  });

  it('by creation puts the newest first when it runs down', () => {
    expect(sorted('created', true)).toEqual(['small', 'big', 'late', 'strange']);
  });
});
