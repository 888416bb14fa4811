import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import { type Platform, readPlatform } from '../../../shared/model/platform.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { readJson } from '../read-json.ts';
import { readCreated } from './created.ts';
import { fetchBlob, type Manifest } from './fetch-manifest.ts';
import { type Image, imageReader } from './manifest.ts';
import { isImageConfig } from './media-types.ts';

/** What is known of an image or of several. */
export interface Facts {
  /** Sizes of the blobs by digest, so that shared ones count once; null where they can't be known. */
  readonly blobs: ReadonlyMap<string, number> | null;
  readonly platforms: readonly Platform[];
  readonly created: string | null;
}

/** What an image's config blob tells. */
interface ConfigFacts {
  readonly platform: Platform | undefined;
  readonly created: string | null;
}

const LOST: ReadonlySet<string> = new Set(['TAG_NOT_FOUND', 'REGISTRY_RESPONSE_INVALID']);

const configSchema = z.object({
  created: z.unknown().optional(),
  os: z.unknown().optional(),
  architecture: z.unknown().optional(),
  variant: z.unknown().optional(),
});

/** Reads an image manifest. */
export function readImage(place: Place, manifest: Manifest): Image {
  return readJson(manifest.bytes, imageReader, place.session.address);
}

/** Describes an image by its manifest and its config. */
export async function describeImage(place: Place, manifest: Manifest): Promise<Facts> {
  const image = readImage(place, manifest);
  const { platform, created } = await fetchConfig(place, image);
  return {
    blobs: blobSizes(image),
    platforms: platform ? [platform] : [],
    created: created ?? readCreated(image.created),
  };
}

/** The sizes of an image's blobs by digest. */
export function blobSizes({ blobs }: Image): ReadonlyMap<string, number> {
  return new Map(blobs.map(({ digest, size }) => [digest, size]));
}

/** Fetches what the config tells; nothing for what is no image, or when the config is lost or unreadable. */
export async function fetchConfig(place: Place, { config }: Image): Promise<ConfigFacts> {
  const nothing = { platform: undefined, created: null };
  if (!config || !isImageConfig(config.mediaType)) return nothing;
  try {
    const bytes = await fetchBlob(place, config.digest, limits.imageConfig);
    const read = readJson(bytes, configSchema, place.session.address);
    return { platform: readPlatform(read), created: readCreated(read.created) };
  } catch (error) {
    if (error instanceof RegentError && LOST.has(error.code)) return nothing;
    throw error;
  }
}
