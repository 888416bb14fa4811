import type { ImageDetails } from '../../../shared/model/image-details.ts';

/** One step of an image's making; `layer` is null for steps that left no files. */
export interface LayerRow {
  readonly id: string;
  readonly step: number;
  readonly instruction: string;
  readonly layer: string | null;
  /** Compressed bytes; null where they are not stated. */
  readonly size: number | null;
  readonly foreign: boolean;
}

/** The steps of the history, each with its layer; where there is no history, the layers alone. Oldest first. */
export function layerRows({ image }: ImageDetails): readonly LayerRow[] {
  if (!image) return [];
  const byDigest = new Map(image.layers.map((layer) => [layer.digest, layer]));
  const told = new Set(image.history.map(({ layer }) => layer));
  const untold = image.layers.filter(({ digest }) => !told.has(digest));
  const steps = [
    ...untold.map(({ digest, createdBy }) => ({ layer: digest, createdBy: createdBy ?? '' })),
    ...image.history,
  ];
  return steps.map(({ layer, createdBy }, at) => {
    const found = layer === null ? undefined : byDigest.get(layer);
    return {
      ...{ id: String(at), step: at + 1, instruction: createdBy, layer },
      size: found?.size ?? null,
      foreign: found?.foreign ?? false,
    };
  });
}
