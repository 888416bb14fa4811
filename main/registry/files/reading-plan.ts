import type { LayerToRead } from './read-layer.ts';

/** One layer to read when two images are compared, and whose it is. */
export interface PlannedLayer<L extends LayerToRead = LayerToRead> {
  readonly layer: L;
  readonly isLeft: boolean;
  readonly isRight: boolean;
}

/**
 * All layers of two images in one order that keeps the order of both, each read once where both have it. Only a layer
 * that the images have in different orders is read twice.
 */
export function planReading<L extends LayerToRead>(
  left: readonly L[],
  right: readonly L[],
): readonly PlannedLayer<L>[] {
  const plan: PlannedLayer<L>[] = [];
  let next = 0;
  for (const layer of right) {
    const same = left.findIndex(({ digest }, at) => at >= next && digest === layer.digest);
    for (; next < same; next += 1) plan.push(...ofLeft(left[next]));
    plan.push({ layer, isLeft: same !== -1, isRight: true });
    if (same !== -1) next = same + 1;
  }
  return [...plan, ...left.slice(next).flatMap(ofLeft)];
}

function ofLeft<L extends LayerToRead>(layer: L | undefined): readonly PlannedLayer<L>[] {
  return layer ? [{ layer, isLeft: true, isRight: false }] : [];
}
