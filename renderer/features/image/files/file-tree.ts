import type { LayerFile } from '../../../../shared/model/layer-file.ts';

/** The files of an image by the folder they lie in; the root is the empty path. */
export type FileTree = ReadonlyMap<string, readonly LayerFile[]>;

/** One line of the tree as it is shown: an entry, and how deep it lies. */
export interface TreeRow {
  readonly file: LayerFile;
  readonly name: string;
  readonly depth: number;
  /** Undefined for what is no folder. */
  readonly open: boolean | undefined;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Sorts files into their folders, folders first. Folders that no layer states are made up, as they are there. */
export function treeOf(files: readonly LayerFile[]): FileTree {
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const file of files) addFolders(byPath, file);
  const tree = new Map<string, LayerFile[]>();
  for (const file of byPath.values()) {
    const folder = folderOf(file.path);
    const siblings = tree.get(folder);
    if (siblings) siblings.push(file);
    else tree.set(folder, [file]);
  }
  for (const siblings of tree.values()) siblings.sort(byKindAndName);
  return tree;
}

/** The lines of the tree, with the folders open that are among `opened`. */
export function treeRows(tree: FileTree, opened: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (folder: string, depth: number): void => {
    for (const file of tree.get(folder) ?? []) {
      const isOpen = opened.has(file.path);
      const open = file.kind === 'folder' ? isOpen : undefined;
      rows.push({ file, name: nameOf(file.path), depth, open });
      if (open) walk(file.path, depth + 1);
    }
  };
  walk('', 0);
  return rows;
}

/** All files whose path holds the text, as a flat list. */
export function matchingRows(files: readonly LayerFile[], text: string): readonly TreeRow[] {
  const wanted = text.toLowerCase();
  return files
    .filter(({ path }) => path.toLowerCase().includes(wanted))
    .map((file) => ({ file, name: file.path, depth: 0, open: undefined }));
}

function addFolders(byPath: Map<string, LayerFile>, file: LayerFile): void {
  let folder = folderOf(file.path);
  while (folder !== '' && !byPath.has(folder)) {
    byPath.set(folder, {
      ...file,
      path: folder,
      kind: 'folder',
      size: 0,
      mode: 0o755,
      target: null,
    });
    folder = folderOf(folder);
  }
}

function byKindAndName(a: LayerFile, b: LayerFile): number {
  const folders = Number(b.kind === 'folder') - Number(a.kind === 'folder');
  if (folders !== 0) return folders;
  return a.path < b.path ? -1 : 1;
}
