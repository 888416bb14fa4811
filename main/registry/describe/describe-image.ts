import type { Platform } from '../../../shared/model/platform.ts';
import type { Place } from '../place.ts';
import { type ConfigFacts, readConfigFacts } from './config.ts';
import { readCreated } from './created.ts';
import { fetchConfig } from './fetch-config.ts';
import type { Manifest } from './fetch-manifest.ts';
import { blobSizes, type Image, readImage } from './manifest.ts';
import { isImageConfig } from './media-types.ts';
import { reading } from './read-value.ts';

/** What is known of an image or of several. */
export interface Facts {
  /** Sizes of the blobs by digest, so that shared ones count once; null where they can't be known. */
  readonly blobs: ReadonlyMap<string, number> | null;
  readonly platforms: readonly Platform[];
  readonly created: string | null;
}

/** Describes an image by its manifest and its config. */
export async function describeImage(place: Place, manifest: Manifest): Promise<Facts> {
  const image = reading(place.session.address, () => readImage(manifest.json));
  const { platform, created } = await fetchConfigFacts(place, image);
  return {
    blobs: blobSizes(image),
    platforms: platform ? [platform] : [],
    created: created ?? readCreated(image.created),
  };
}

/** Fetches what the config tells; nothing for what is no image, or when the config is lost or unreadable. */
export async function fetchConfigFacts(place: Place, { config }: Image): Promise<ConfigFacts> {
  const isImage = config && isImageConfig(config.mediaType);
  const json = isImage ? await fetchConfig(place, config) : null;
  return json ? readConfigFacts(json) : { platform: undefined, created: null };
}
