import type { FileTree, TreeNode } from './file-tree.ts';
import { type EntryFacts, UNLISTED } from './layer-entry.ts';
import { sortedNames, walkTree } from './walk-tree.ts';

/** A path that two trees have differently; the side that has nothing there is undefined. */
export interface TreeChange {
  readonly path: string;
  readonly left: TreeNode | undefined;
  readonly right: TreeNode | undefined;
}

/** How many hard links in a row are followed. */
const LINKS = 8;

/**
 * How two trees differ, in the order of a tree; what stands in only one comes with everything in it. Times don't count,
 * and a hard link is what it leads to.
 */
export function* diffTrees(left: FileTree, right: FileTree): Generator<TreeChange, void, void> {
  const open = [pairsIn(left.root, right.root, '')];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const { done, value } = level.next();
    if (done === true) {
      open.pop();
      continue;
    }
    if (differs(left, right, value)) yield value;
    if (value.left && value.right) open.push(pairsIn(value.left, value.right, `${value.path}/`));
    else yield* onlyHere(value);
  }
}

function* pairsIn(
  left: TreeNode,
  right: TreeNode,
  prefix: string,
): Generator<TreeChange, void, void> {
  const [here, there] = [left.children, right.children];
  const names = here && there ? new Map([...here, ...there]) : (here ?? there);
  for (const name of sortedNames(names)) {
    yield { path: `${prefix}${name}`, left: here?.get(name), right: there?.get(name) };
  }
}

/** All that is in something which the other side does not have. */
function* onlyHere({ path, left, right }: TreeChange): Generator<TreeChange, void, void> {
  const root = left ?? right;
  if (!root) return;
  for (const { path: below, node } of walkTree(root)) {
    const whole = `${path}/${below}`;
    yield left
      ? { path: whole, left: node, right: undefined }
      : { path: whole, left: undefined, right: node };
  }
}

function differs(leftTree: FileTree, rightTree: FileTree, { left, right }: TreeChange): boolean {
  if (!left || !right) return true;
  // A layer that both images have was read once.
  if (left.facts === right.facts) return false;
  const [a, b] = [resolved(leftTree, left), resolved(rightTree, right)];
  return (
    a.kind !== b.kind ||
    a.size !== b.size ||
    a.mode !== b.mode ||
    a.uid !== b.uid ||
    a.gid !== b.gid ||
    a.target !== b.target ||
    a.content?.hash !== b.content?.hash
  );
}

function resolved(tree: FileTree, node: TreeNode): EntryFacts {
  let facts = node.facts ?? UNLISTED;
  for (let links = 0; links < LINKS && facts.kind === 'hard-link'; links += 1) {
    const target = tree.find((facts.target ?? '').split('/'))?.facts;
    if (!target) return facts;
    facts = target;
  }
  return facts;
}
