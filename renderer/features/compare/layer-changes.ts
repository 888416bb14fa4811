import type { ImageComparison } from '../../../shared/model/image-comparison.ts';
import type { Layer } from '../../../shared/model/image-details.ts';
import type { ChangeKind } from './change-kind.ts';

/** A layer, and which of two images has it. */
export interface LayerChange {
  readonly kind: Exclude<ChangeKind, 'changed'> | 'shared';
  readonly layer: Layer;
}

/** The layers of two images: what they share is mostly what both are based on, and comes first. */
export function layerChanges(comparison: ImageComparison): readonly LayerChange[] {
  const all = (kind: LayerChange['kind'], layers: readonly Layer[]) =>
    layers.map((layer) => ({ kind, layer }));
  return [
    ...all('shared', comparison.shared),
    ...all('removed', comparison.onlyLeft),
    ...all('added', comparison.onlyRight),
  ];
}

/** The bytes of layers; what is not stated or kept elsewhere counts nothing. */
export function bytesOf(layers: readonly Layer[]): number {
  return layers.reduce((sum, { size, foreign }) => sum + (foreign ? 0 : (size ?? 0)), 0);
}
