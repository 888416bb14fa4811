import type { SortingState } from '@tanstack/react-table';
import { dateOfTag } from '../../../shared/model/tag-date.ts';
import { sortByVersion } from '../../../shared/model/version-order.ts';
import type { TagDetail } from './tag-details.ts';

/** A column that tags can be sorted by; by name means by the versions that the names are. */
export type TagOrder = 'name' | 'size' | 'created';

/** How tags are sorted until somebody wants it otherwise: the newest version first. */
export const firstOrder: SortingState = [{ id: 'name', desc: true }];

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
 * Sorts tags, given with the newest version first, by version, size or creation. By the last two, tags whose details are
 * not known (yet) come last in whichever direction, and those that are alike stay as they came.
 */
export function sortTags(
  newestFirst: readonly string[],
  sorting: SortingState,
  detailOf: (name: string) => TagDetail | undefined,
): readonly string[] {
  const { by, descending } = readOrder(sorting);
  if (by === 'name') return descending ? newestFirst : sortByVersion(newestFirst, false);
  const measureOf = (name: string): number | null => {
    const detail = detailOf(name);
    if (detail?.state !== 'ready') return null;
    if (by === 'size') return detail.tag.size;
    const date = dateOfTag(detail.tag);
    return date === null ? null : Date.parse(date);
  };
  return newestFirst
    .map((name) => ({ name, value: measureOf(name) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null)
        return Number(a.value === null) - Number(b.value === null);
      return descending ? b.value - a.value : a.value - b.value;
    })
    .map(({ name }) => name);
}
