import type { ImageDetails } from '../../../shared/model/image-details.ts';
import type { NamedImage } from '../read-image.ts';

/** What `regent inspect --json` prints: everything on one level, labels and annotations as objects. */
export function detailsDocument(
  { address, repository, reference }: NamedImage,
  { image, manifest: _, annotations, ...details }: ImageDetails,
): object {
  return {
    ...{ address, repository, reference, ...details },
    annotations: Object.fromEntries(annotations),
    imageDigest: image?.digest ?? null,
    platform: image?.platform ?? null,
    size: image?.size ?? null,
    created: image?.created ?? null,
    author: image?.author ?? null,
    configDigest: image?.configDigest ?? null,
    config: image?.config
      ? { ...image.config, labels: Object.fromEntries(image.config.labels) }
      : null,
    layers: image?.layers ?? [],
    history: image?.history ?? [],
  };
}
