import type { LayerFilesEvent } from '../../../shared/model/layer-file.ts';
import type { Place } from '../place.ts';
import { imageLayers, layersAt } from './image-layers.ts';
import { listFiles } from './list-files.ts';

/** What to list the files of: an image by the digest of its manifest, or one of its layers. */
export interface FilesOf {
  readonly digest: string;
  readonly layer?: string | undefined;
}

/**
 * Lists the files of an image, its layers laid over one another, or of one layer with what it removes. Layers are read
 * as they arrive and nothing is kept of them. Ends at once when whoever reads it stops.
 * @throws RegentError `LAYER_UNREADABLE`, `IMAGE_WITHOUT_FILES`, and as of `readBlob` and `inspect`
 */
export async function* imageFiles(
  place: Place,
  { digest, layer }: FilesOf,
): AsyncGenerator<LayerFilesEvent, void, void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([place.signal, stop.signal]);
  const own = { ...place, signal };
  try {
    const layers = await imageLayers(own, digest, layer);
    yield* listFiles({ layers, showsRemoved: layer !== undefined, open: layersAt(own) });
  } finally {
    stop.abort();
  }
}
