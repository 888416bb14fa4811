import type { Folder } from './repository-folders.ts';

/** A line of the list: a repository, or a folder that opens in place. */
export type RepositoryRow =
  | {
      readonly kind: 'repository';
      readonly id: string;
      readonly name: string;
      /** The part of the name that the folders above say already. */
      readonly above: string;
      readonly depth: number;
      readonly isFavourite: boolean;
    }
  | {
      readonly kind: 'folder';
      readonly id: string;
      readonly path: string;
      readonly above: string;
      readonly depth: number;
      readonly isOpen: boolean;
      readonly count: number;
    };

/** Favourites on top, in the order they were marked, then everything else as one list. */
export function rowsOfList(
  names: readonly string[],
  favourites: readonly string[],
): readonly RepositoryRow[] {
  const marked = favouritesAmong(names, favourites);
  const isFavourite = new Set(marked);
  return [
    ...marked.map((name) => rowOf(name, '', 0, true)),
    ...names.filter((name) => !isFavourite.has(name)).map((name) => rowOf(name, '', 0, false)),
  ];
}

/** Favourites on top, then folders and what is in the open ones; favourites stand in their folders, too. */
export function rowsOfFolders(
  top: Folder,
  names: readonly string[],
  favourites: readonly string[],
  isOpen: (path: string) => boolean,
): readonly RepositoryRow[] {
  const marked = favouritesAmong(names, favourites);
  const isFavourite = new Set(marked);
  const atTop = new Set(top.entries);
  // A row that only moves keeps its id, and with it the focus; one that is there twice has another.
  const rows: RepositoryRow[] = marked.map((name) => ({
    ...rowOf(name, '', 0, true),
    id: atTop.has(name) ? name : `favourite ${name}`,
  }));
  const add = ({ path: above, entries }: Folder, depth: number): void => {
    for (const entry of entries) {
      if (typeof entry === 'string') {
        // One that stands on top already need not be said again right below.
        if (depth === 0 && isFavourite.has(entry)) continue;
        rows.push(rowOf(entry, above, depth, isFavourite.has(entry)));
        continue;
      }
      const { path, count } = entry;
      const opened = isOpen(path);
      rows.push({ kind: 'folder', id: path, path, above, depth, isOpen: opened, count });
      if (opened) add(entry, depth + 1);
    }
  };
  add(top, 0);
  return rows;
}

/** The names that contain a text, in whatever case; all for an empty one. */
export function filterNames(names: readonly string[], filter: string): readonly string[] {
  const wanted = filter.trim().toLowerCase();
  return wanted === '' ? names : names.filter((name) => name.toLowerCase().includes(wanted));
}

/** The folder that a row stands in; undefined at the top. */
export function folderAround(
  rows: readonly RepositoryRow[],
  row: RepositoryRow,
): RepositoryRow | undefined {
  return rows.find((other) => other.kind === 'folder' && other.path === row.above);
}

function favouritesAmong(names: readonly string[], favourites: readonly string[]) {
  const present = new Set(names);
  return favourites.filter((name) => present.has(name));
}

function rowOf(name: string, above: string, depth: number, isFavourite: boolean): RepositoryRow {
  return { kind: 'repository', id: name, name, above, depth, isFavourite };
}
