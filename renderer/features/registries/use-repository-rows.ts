import { useMemo } from 'react';
import { useKeptState } from '../../lib/use-kept-state.ts';
import { foldersOpenAtFirst, sortIntoFolders } from './repository-folders.ts';
import { filterNames, type RepositoryRow, rowsOfFolders, rowsOfList } from './repository-rows.ts';

/** What the person has opened and closed, where that differs from how it was at first. */
type Turned = ReadonlyMap<string, boolean>;

/** The list as it is shown, and what changes that. All of it is as it was left when one comes back. */
export function useRepositoryRows(
  place: string,
  names: readonly string[],
  favourites: readonly string[],
) {
  const [filter, setFilter] = useKeptState(`repositories filter ${place}`, '');
  const [isFlat, setFlat] = useKeptState(`repositories flat ${place}`, false);
  const [turned, setTurned] = useKeptState<Turned>(`repositories open ${place}`, new Map());
  const top = useMemo(() => sortIntoFolders(names), [names]);
  const openAtFirst = useMemo(() => foldersOpenAtFirst(top), [top]);
  const hits = useMemo(() => filterNames(names, filter), [names, filter]);
  const hasFolders = top.entries.length < names.length;
  const showsFolders = hasFolders && !isFlat && filter.trim() === '';
  const rows = useMemo<readonly RepositoryRow[]>(
    () =>
      showsFolders
        ? rowsOfFolders(top, names, favourites, (path) => turned.get(path) ?? openAtFirst.has(path))
        : rowsOfList(hits, favourites),
    [showsFolders, top, names, favourites, turned, openAtFirst, hits],
  );
  const turn = (row: RepositoryRow): void => {
    if (row.kind === 'folder') setTurned(new Map(turned).set(row.path, !row.isOpen));
  };
  return { rows, count: hits.length, filter, setFilter, hasFolders, isFlat, setFlat, turn };
}
