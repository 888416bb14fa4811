import type { SortingState } from '@tanstack/react-table';
import { useEffect, useMemo } from 'react';
import { isAttachedTag } from '../../../shared/model/attached-tag.ts';
import { sortByVersion } from '../../../shared/model/version-order.ts';
import { useKeptState } from '../../lib/use-kept-state.ts';
import type { TagDetails } from './tag-details.ts';
import { firstOrder, readOrder, sortTags } from './tag-order.ts';
import { useDetailsVersion } from './use-tag-details.ts';

/** The tags as they are shown, and what changes that. All of it is as it was left when one comes back. */
export function useTagRows(place: string, names: readonly string[], details: TagDetails) {
  const [filter, setFilter] = useKeptState(`tags filter ${place}`, '');
  const [sorting, setSorting] = useKeptState<SortingState>(`tags order ${place}`, firstOrder);
  const [showsAttached, setShowsAttached] = useKeptState(`tags attached ${place}`, false);
  const plain = useMemo(() => names.filter((name) => !isAttachedTag(name)), [names]);
  const attached = names.length - plain.length;
  // Where there is nothing else, there is nothing to fold away.
  const shown = showsAttached || plain.length === 0 ? names : plain;
  const newestFirst = useMemo(() => sortByVersion(shown, true), [shown]);
  const needsAll = readOrder(sorting).by !== 'name';
  const version = useDetailsVersion(details, needsAll);
  useEffect(() => {
    if (needsAll) details.wantAll(shown);
  }, [needsAll, details, shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the details change with their version
  const sorted = useMemo(
    () => sortTags(newestFirst, sorting, (name) => details.get(name)),
    [newestFirst, sorting, details, version],
  );
  const rows = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return wanted === '' ? sorted : sorted.filter((name) => name.toLowerCase().includes(wanted));
  }, [sorted, filter]);
  return {
    rows,
    filter,
    setFilter,
    sorting,
    setSorting,
    attached: plain.length === 0 ? 0 : attached,
    showsAttached,
    setShowsAttached,
  };
}
