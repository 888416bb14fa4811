/** Repositories that share the beginning of their path, as far as they share it. */
export interface Folder {
  /** With its `/` at the end; empty for the registry itself. */
  readonly path: string;
  /** Names and folders, in the order of the names given. */
  readonly entries: readonly (string | Folder)[];
  /** Repositories in it, however deep. */
  readonly count: number;
}

/** How many rows may be shown before the person has opened anything. */
const SHOWN_AT_FIRST = 60;

/** Sorts repositories into folders by the parts of their paths. A folder for one repository alone is none. */
export function sortIntoFolders(names: readonly string[], path = ''): Folder {
  const order: string[] = [];
  const parts = new Map<string, string[]>();
  for (const name of names) {
    const slash = name.indexOf('/', path.length);
    // A name with nothing behind it keeps to itself, so that `team` and `team/api` are told apart.
    const part = slash < 0 ? name : name.slice(0, slash + 1);
    const others = parts.get(part);
    if (others) others.push(name);
    else {
      parts.set(part, [name]);
      order.push(part);
    }
  }
  const entries = order.flatMap((part): readonly (string | Folder)[] => {
    const inside = parts.get(part) ?? [];
    return inside.length < 2 ? inside : [skipToFork(sortIntoFolders(inside, part))];
  });
  return { path, entries, count: names.length };
}

/** A folder that holds one folder only is shown as that one: `corp/team/`. */
function skipToFork(folder: Folder): Folder {
  const [only] = folder.entries;
  return folder.entries.length === 1 && only !== undefined && typeof only !== 'string'
    ? only
    : folder;
}

/** The folders that stand open from the start: from the top down, as long as all that shows is a short list. */
export function foldersOpenAtFirst(top: Folder): ReadonlySet<string> {
  const open = new Set<string>();
  let shown = top.entries.length;
  let level = foldersIn(top);
  while (level.length > 0) {
    const opened = level.filter(({ path, entries }) => {
      if (shown + entries.length > SHOWN_AT_FIRST) return false;
      shown += entries.length;
      open.add(path);
      return true;
    });
    level = opened.flatMap(foldersIn);
  }
  return open;
}

/** The folders that stand in a folder, without those deeper down. */
export function foldersIn(folder: Folder): readonly Folder[] {
  return folder.entries.filter((entry) => typeof entry !== 'string');
}
