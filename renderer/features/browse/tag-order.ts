import type { SortingState } from '@tanstack/react-table';
import type { TagDetail } from './tag-details.ts';

/** A column that tags can be sorted by. The names come from the registry's client in an order made for people. */
export type TagOrder = 'name' | 'size' | 'created';

/** What the table's sorting asks for. */
export function readOrder(sorting: SortingState): {
  readonly by: TagOrder;
  readonly descending: boolean;
} {
  const [first] = sorting;
  const by = first?.id === 'size' || first?.id === 'created' ? first.id : 'name';
  return { by, descending: first?.desc ?? false };
}

/**
 * Sorts tags. By name keeps the order that came, or turns it round; by size or creation puts tags whose
 * details are not known (yet) last, in whichever direction.
 */
export function sortTags(
  names: readonly string[],
  sorting: SortingState,
  detailOf: (name: string) => TagDetail | undefined,
): readonly string[] {
  const { by, descending } = readOrder(sorting);
  if (by === 'name') return descending ? [...names].reverse() : names;
  const measureOf = (name: string): number | null => {
    const detail = detailOf(name);
    if (detail?.state !== 'ready') return null;
    if (by === 'size') return detail.tag.size;
    return detail.tag.created === null ? null : Date.parse(detail.tag.created);
  };
  return names
    .map((name) => ({ name, value: measureOf(name) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null)
        return Number(a.value === null) - Number(b.value === null);
      return descending ? b.value - a.value : a.value - b.value;
    })
    .map(({ name }) => name);
}
