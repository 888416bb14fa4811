import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LayerFile, LayerFilesEvent } from '../../../shared/model/layer-file.ts';
import { fullBudget, TooMuch } from './budget.ts';
import { fileLimits } from './file-limits.ts';
import { createFileTree, type FileTree } from './file-tree.ts';
import { type LayerEntry, layerFileOf, UNLISTED } from './layer-entry.ts';
import type { LayerToRead, OpenLayer } from './read-layer.ts';
import { readLayers } from './read-layers.ts';
import { walkTree } from './walk-tree.ts';
import { whiteoutOf } from './whiteout.ts';
import { withProgress } from './with-progress.ts';

/** How many files one event holds. */
const BATCH = 1000;

/** What to list. */
export interface Listing {
  readonly layers: readonly LayerToRead[];
  /** Whether what a layer removes is listed, too, as one does with a single layer. */
  readonly showsRemoved: boolean;
  readonly open: OpenLayer;
}

/**
 * Lists the files of layers laid over one another: how far it is, then all files in the order of a tree, and at last
 * whether there were more than are read. Nothing is told of files before all layers are verified.
 * @throws as of `readLayer`
 */
export async function* listFiles({
  layers,
  showsRemoved,
  open,
}: Listing): AsyncGenerator<LayerFilesEvent, void, void> {
  const tree = createFileTree();
  const total = layers.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const place = showsRemoved ? putVisibly : putOver;
  const isWhole = yield* withProgress(total, async (onBytes) => {
    const put = (entry: LayerEntry, layer: number): void => {
      place(tree, entry, layer);
      if (tree.made() > fileLimits.entries) throw new TooMuch();
    };
    try {
      await readLayers(layers, { open, budget: fullBudget(), onBytes, put });
      return true;
    } catch (error) {
      if (error instanceof TooMuch) return false;
      throw error;
    }
  });
  let batch: LayerFile[] = [];
  let entries = 0;
  for (const { path, node } of walkTree(tree.root)) {
    batch.push(layerFileOf(path, node.facts ?? UNLISTED, layers[node.layer]?.digest ?? ''));
    entries += 1;
    if (batch.length < BATCH) continue;
    yield { type: 'files', files: batch };
    batch = [];
    // Whoever takes them in at once would otherwise keep everything else waiting.
    await nextTurn();
  }
  if (batch.length > 0) yield { type: 'files', files: batch };
  if (!isWhole) yield { type: 'limit', entries };
}

function putOver(tree: FileTree, entry: LayerEntry, layer: number): void {
  tree.put(entry, layer);
}

/** Shows what is removed under its own name, and a folder that is emptied as `FOLDER/*`. */
function putVisibly(tree: FileTree, entry: LayerEntry, layer: number): void {
  const whiteout = whiteoutOf(entry.path.at(-1) ?? '');
  if (!whiteout) tree.put(entry, layer);
  if (!whiteout || whiteout.kind === 'ignored') return;
  const name = whiteout.kind === 'name' ? whiteout.name : '*';
  const path = [...entry.path.slice(0, -1), name];
  // What a layer removes and has all the same is there.
  if (tree.find(path)) return;
  tree.put({ ...entry, path, facts: { ...entry.facts, kind: 'removed' } }, layer);
}
