import { setImmediate as nextTurn } from 'node:timers/promises';
import { RegentError } from '../../../shared/errors/index.ts';
import type { FileChange, FileComparisonEvent } from '../../../shared/model/image-comparison.ts';
import type { LayerFile } from '../../../shared/model/layer-file.ts';
import { fullBudget, TooMuch } from './budget.ts';
import { collectContent } from './collect-content.ts';
import { diffTrees } from './diff-trees.ts';
import { fileLimits } from './file-limits.ts';
import { createFileTree, type TreeNode } from './file-tree.ts';
import { layerFileOf, UNLISTED } from './layer-entry.ts';
import { comparePackages } from './packages/compare-packages.ts';
import { hasRpm, installedIn, isPackageList } from './packages/package-lists.ts';
import type { LayerToRead, OpenLayer } from './read-layer.ts';
import { readLayers } from './read-layers.ts';
import { type PlannedLayer, planReading } from './reading-plan.ts';
import { withProgress } from './with-progress.ts';

/** How many changes one event holds. */
const BATCH = 500;

/** A layer, and how to read it from where its image is. */
export interface ComparedLayer extends LayerToRead {
  readonly open: OpenLayer;
}

/**
 * Compares the files and packages of two images. Layers that both have are read once, and none at all when they have no
 * others. Nothing is told of changes before all layers are verified.
 * @throws RegentError `IMAGE_TOO_LARGE`, and as of `readLayer`
 */
export async function* compareFiles(
  left: readonly ComparedLayer[],
  right: readonly ComparedLayer[],
): AsyncGenerator<FileComparisonEvent, void, void> {
  const plan = planReading(left, right);
  if (plan.every(({ isLeft, isRight }) => isLeft && isRight)) {
    yield { type: 'packages', packages: [], unread: [] };
    return;
  }
  const layers = plan.map(({ layer }) => layer);
  const total = layers.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const trees = yield* withProgress(total, (onBytes) => readBoth(plan, onBytes));

  const fileOf = (path: string, node: TreeNode | undefined): LayerFile | null =>
    node ? layerFileOf(path, node.facts ?? UNLISTED, layers[node.layer]?.digest ?? '') : null;
  let files: FileChange[] = [];
  for (const { path, left: before, right: after } of diffTrees(trees.left, trees.right)) {
    files.push({ path, left: fileOf(path, before), right: fileOf(path, after) });
    if (files.length < BATCH) continue;
    yield { type: 'files', files };
    files = [];
    await nextTurn();
  }
  if (files.length > 0) yield { type: 'files', files };
  yield {
    type: 'packages',
    packages: comparePackages(installedIn(trees.left), installedIn(trees.right)),
    unread: hasRpm(trees.left) || hasRpm(trees.right) ? ['rpm'] : [],
  };
}

async function readBoth(
  plan: readonly PlannedLayer<ComparedLayer>[],
  onBytes: (bytes: number) => void,
) {
  const [left, right] = [createFileTree(), createFileTree()];
  const layers = plan.map(({ layer }) => layer);
  const made = () => left.made() + right.made();
  try {
    await readLayers(layers, {
      open: (layer) => layer.open(layer),
      budget: fullBudget(),
      onBytes,
      put: (entry, layer) => {
        if (plan[layer]?.isLeft) left.put(entry, layer);
        if (plan[layer]?.isRight) right.put(entry, layer);
        if (made() > 2 * fileLimits.entries) throw new TooMuch();
      },
      collect: (entry, _, done) => {
        if (entry.facts.kind !== 'file') return undefined;
        const keeps = isPackageList(entry.path) && entry.facts.size <= fileLimits.packageList;
        return collectContent(entry, keeps ? fileLimits.packageList : null, done);
      },
    });
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    throw new RegentError('IMAGE_TOO_LARGE', { entries: made() }, error);
  }
  return { left, right };
}
