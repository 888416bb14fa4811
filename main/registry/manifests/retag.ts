import { RegentError } from '../../../shared/errors/index.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { fetchManifest } from '../describe/fetch-manifest.ts';
import type { Place } from '../place.ts';
import { checkReference } from './check-reference.ts';
import { headManifest } from './head-manifest.ts';
import { putManifest } from './put-manifest.ts';

/** What a tag names now, and what it named before: null where it is new, or named the same. */
export interface Retagged {
  readonly digest: string;
  readonly replaced: string | null;
}

/**
 * Gives an image one more tag, or moves a tag to it: its manifest is stored again, byte for byte, and no data moves.
 * @throws RegentError `REFERENCE_INVALID`, `TAG_NOT_FOUND` and the usual ones
 */
export async function retag(place: Place, reference: string, tag: string): Promise<Retagged> {
  checkReference(reference);
  if (!isTag(tag)) throw new RegentError('REFERENCE_INVALID', { input: tag.slice(0, 200) });
  const manifest = await fetchManifest(place, reference);
  const before = await digestOf(place, tag);
  if (before === manifest.digest) return { digest: before, replaced: null };
  const { digest } = await putManifest(place, tag, manifest);
  return { digest, replaced: before };
}

async function digestOf(place: Place, tag: string): Promise<string | null> {
  try {
    return (await headManifest(place, tag)).digest;
  } catch (error) {
    if (error instanceof RegentError && error.code === 'TAG_NOT_FOUND') return null;
    throw error;
  }
}
