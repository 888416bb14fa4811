import { assertNever } from '../../../shared/model/assert-never.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { formatPlatform } from '../../../shared/model/platform.ts';
import type { Place } from '../place.ts';
import { describeImage, type Facts } from './describe-image.ts';
import { describeIndex } from './describe-index.ts';
import { fetchManifest, type Manifest } from './fetch-manifest.ts';
import { totalOf } from './manifest.ts';
import { reading } from './read-value.ts';
import { readLegacy } from './schema1.ts';

/**
 * Finds out what is behind a tag or digest: its digest from the bytes, size, platforms and the time it states.
 * An index is followed to its images, but not to their layers.
 * @throws RegentError as of {@link fetchManifest}
 */
export async function describeTag(place: Place, name: string): Promise<Tag> {
  const manifest = await fetchManifest(place, name);
  const { blobs, platforms, created } = await describeManifest(place, manifest);
  const { digest, mediaType } = manifest;
  return {
    name,
    digest,
    mediaType,
    size: blobs && totalOf(blobs),
    created,
    platforms: [...new Set(platforms.map(formatPlatform))],
  };
}

async function describeManifest(place: Place, manifest: Manifest): Promise<Facts> {
  const { kind } = manifest;
  switch (kind) {
    case 'image':
    case 'artifact':
      return describeImage(place, manifest);
    case 'index':
      return describeIndex(place, manifest);
    case 'schema1': {
      const legacy = reading(place.session.address, () => readLegacy(manifest.json));
      const platforms = legacy.platform ? [legacy.platform] : [];
      return { blobs: null, platforms, created: legacy.created };
    }
    default:
      return assertNever(kind);
  }
}
