import { assertNever } from '../../../shared/model/assert-never.ts';
import type { EntryFacts, LayerEntry } from './layer-entry.ts';
import { whiteoutOf } from './whiteout.ts';

/** One file or folder of an image. */
export interface TreeNode {
  /** What the last layer that has it says; null for a folder that no layer lists. */
  facts: EntryFacts | null;
  /** The number of that layer, from 0 for the lowest. */
  layer: number;
  children: Map<string, TreeNode> | null;
}

/** All files of an image, as layers are laid over one another. Layers come in order, the lowest first. */
export interface FileTree {
  readonly root: TreeNode;
  /** How many files and folders were ever made, hidden ones and unlisted folders among them. */
  readonly made: () => number;
  /** Lays one entry of a layer over what is there. */
  put(entry: LayerEntry, layer: number): void;
  /** What has this path; undefined where nothing has. */
  find(path: readonly string[]): TreeNode | undefined;
}

/** Makes an empty tree. */
export function createFileTree(): FileTree {
  const root: TreeNode = { facts: null, layer: 0, children: null };
  let made = 0;

  const childOf = (parent: TreeNode, name: string, layer: number): TreeNode => {
    // What was no folder becomes one: engines make the folders of an entry where a layer does not list them.
    if (isOther(parent)) [parent.facts, parent.layer] = [null, layer];
    parent.children ??= new Map();
    const known = parent.children.get(name);
    if (known) return known;
    made += 1;
    const node: TreeNode = { facts: null, layer, children: null };
    parent.children.set(name, node);
    return node;
  };

  return {
    root,
    made: () => made,
    put: ({ path, facts }, layer) => {
      const name = path.at(-1) ?? '';
      const whiteout = whiteoutOf(name);
      if (whiteout) {
        const folder = findNode(root, path, path.length - 1);
        if (!folder?.children) return;
        const { kind } = whiteout;
        if (kind === 'name') hideChild(folder.children, whiteout.name, layer);
        else if (kind === 'folder') hideBelow(folder, layer);
        else if (kind !== 'ignored') assertNever(kind);
        return;
      }
      let node = root;
      for (const part of path) node = childOf(node, part, layer);
      if (facts.kind !== 'folder') node.children = null;
      node.facts = facts;
      node.layer = layer;
    },
    find: (path) => findNode(root, path, path.length),
  };
}

/** Whether something is there that is no folder. */
function isOther({ facts }: TreeNode): boolean {
  return facts !== null && facts.kind !== 'folder';
}

function findNode(root: TreeNode, path: readonly string[], depth: number): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (let at = 0; node && at < depth; at += 1) node = node.children?.get(path[at] ?? '');
  return node;
}

/** Hides what lower layers have in a folder; what the layer itself has put there stays, whatever came first. */
function hideBelow({ children }: TreeNode, layer: number): void {
  if (children) for (const name of children.keys()) hideChild(children, name, layer);
}

function hideChild(children: Map<string, TreeNode>, name: string, layer: number): void {
  const node = children.get(name);
  if (!node) return;
  hideBelow(node, layer);
  if (node.layer === layer && node.facts) return;
  if (node.children && node.children.size > 0) [node.facts, node.layer] = [null, layer];
  else children.delete(name);
}
