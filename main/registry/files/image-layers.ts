import { RegentError } from '../../../shared/errors/index.ts';
import type { Layer } from '../../../shared/model/image-details.ts';
import { readBlob } from '../blobs/read-blob.ts';
import { inspect } from '../describe/inspect.ts';
import type { Place } from '../place.ts';
import type { OpenLayer } from './read-layer.ts';

/**
 * The layers of an image, the lowest first, or the one of them that is meant. Those that the registry does not keep
 * are left out of an image.
 * @param digest of the image's manifest
 * @throws RegentError `IMAGE_WITHOUT_FILES`, and as of `inspect`
 */
export async function imageLayers(
  place: Place,
  digest: string,
  layer?: string,
): Promise<readonly Layer[]> {
  const { image } = await inspect(place, digest);
  const layers =
    image?.layers.filter((one) => (layer === undefined ? !one.foreign : one.digest === layer)) ??
    [];
  // An image from scratch may have no layers; but then it is one.
  const isImage = image !== null && image.config !== null;
  if (layers.length > 0 || (layer === undefined && isImage))
    return layers.slice(0, layersWanted(layer));
  const reference = `${place.session.address}/${place.repository}@${layer ?? digest}`;
  throw new RegentError('IMAGE_WITHOUT_FILES', { reference });
}

/** An image may have the same layer twice. */
function layersWanted(layer: string | undefined): number | undefined {
  return layer === undefined ? undefined : 1;
}

/** Layers as the registry sends them, verified on the way. */
export function layersAt(place: Place): OpenLayer {
  return (layer) => readBlob(place, layer);
}
