import type { Tag } from '../../../shared/model/image.ts';
import { formatPlatform } from '../../../shared/model/platform.ts';
import { readConfigFacts } from '../describe/config.ts';
import { FIRST_TYPE, fetchLineage, type Lineage } from './images.ts';
import type { FirstPlace } from './place.ts';
import { findImageId } from './tags.ts';

/**
 * Finds out what is behind a tag: the image's id, which stands where others have a digest.
 * @param known what was learned of the tag before; it is right still if the id is the same
 * @throws RegentError as of `fetchLineage`
 */
export async function describeFirstTag(place: FirstPlace, name: string, known?: Tag): Promise<Tag> {
  const digest = await findImageId(place, name);
  if (known?.digest === digest && known.size !== null) return known;
  const lineage = await fetchLineage(place, digest, name);
  const { platform, created } = readConfigFacts(lineage.newest.json);
  const platforms = platform ? [formatPlatform(platform)] : [];
  return { name, digest, mediaType: FIRST_TYPE, size: sizeOf(lineage), created, platforms };
}

/** Bytes of all layers as they are kept; null where one of them is not known. */
export function sizeOf({ images }: Lineage): number | null {
  return images.reduce<number | null>(
    (sum, { size }) => (sum === null || size === null ? null : sum + size),
    0,
  );
}
