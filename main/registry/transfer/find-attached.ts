import type { Place } from '../place.ts';
import { askReferrers } from '../referrers/ask-referrers.ts';
import { findCosignTags, readFallback } from '../referrers/tags-beside.ts';

/** A manifest that is about another one. `tag`: the one by which tools find it; null where a list names it. */
export interface Attached {
  readonly digest: string;
  readonly tag: string | null;
}

/**
 * Finds what is kept beside a manifest and is not part of it: by the registry's list or the fallback tag, and by cosign's
 * tags.
 * @throws RegentError the usual ones
 */
export async function findAttached(place: Place, digest: string): Promise<readonly Attached[]> {
  const [listed, cosign] = await Promise.all([
    askReferrers(place, digest).then((found) => found ?? readFallback(place, digest)),
    findCosignTags(place, digest),
  ]);
  const tags = new Map(listed.map((found) => [found.digest, null as string | null]));
  for (const { digest: found, tag = null } of cosign) tags.set(found, tag);
  return [...tags].map(([found, tag]) => ({ digest: found, tag }));
}
