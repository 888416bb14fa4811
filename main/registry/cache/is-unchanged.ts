import type { Tag } from '../../../shared/model/image.ts';
import type { Place } from '../place.ts';
import { digestNow } from './find-kept.ts';

/**
 * Whether what was learned of a tag is true still: all of it follows from the digest, which the registry confirms. What
 * left something out is learned anew, as the registry may have got back what it had lost.
 * @throws RegentError as of {@link digestNow}
 */
export async function isUnchanged(place: Place, known: Tag): Promise<boolean> {
  if (known.created === null || known.platforms.length === 0) return false;
  return (await digestNow(place, known.name)) === known.digest;
}
