import type { TreeNode } from './file-tree.ts';

/** A node with its path from the root. */
export interface Visited {
  readonly path: string;
  readonly node: TreeNode;
}

/** All nodes of a tree but its root, folders before what is in them, names in the order of their code units. */
export function* walkTree(root: TreeNode): Generator<Visited, void, void> {
  // No recursion: paths may be two thousand folders deep.
  const open = [entriesOf(root, '')];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const { done, value } = level.next();
    if (done === true) open.pop();
    else {
      yield value;
      if (value.node.children) open.push(entriesOf(value.node, `${value.path}/`));
    }
  }
}

function* entriesOf({ children }: TreeNode, prefix: string): Generator<Visited, void, void> {
  for (const name of sortedNames(children)) {
    const node = children?.get(name);
    if (node) yield { path: `${prefix}${name}`, node };
  }
}

/** The names in a folder, in the order in which trees are walked. */
export function sortedNames(children: ReadonlyMap<string, unknown> | null): readonly string[] {
  return children ? [...children.keys()].sort() : [];
}
