import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Referrer } from '../../../shared/model/image-details.ts';
import { inParallel } from '../describe/in-parallel.ts';
import type { Place } from '../place.ts';
import { askReferrers } from './ask-referrers.ts';
import { describeReferrer } from './describe-referrer.ts';
import { findIndexAttestations } from './index-attestations.ts';
import { findCosignTags, readFallback } from './tags-beside.ts';

const WIDTH = 8;

/**
 * Lists what is kept in a repository about a manifest: signatures, attestations, SBOMs. They are looked for in every place
 * where tools put them: the registry's own list, else the fallback tag; the tags of cosign; the index itself (BuildKit).
 * @throws RegentError `REFERENCE_INVALID` for what is no digest, and the usual ones
 */
export async function listReferrers(place: Place, digest: string): Promise<readonly Referrer[]> {
  if (!isDigest(digest)) {
    throw new RegentError('REFERENCE_INVALID', { input: digest.slice(0, 200) });
  }
  const [listed, cosign, inIndex] = await Promise.all([
    askReferrers(place, digest).then((found) => found ?? readFallback(place, digest)),
    findCosignTags(place, digest),
    findIndexAttestations(place, digest),
  ]);
  // One manifest may be found in several places; the registry's own word counts first.
  const distinct = new Map(
    [...inIndex, ...cosign, ...listed].map((found) => [found.digest, found] as const),
  );
  const ordered = [...listed, ...cosign, ...inIndex].filter(
    (found) => distinct.get(found.digest) === found,
  );
  return inParallel(ordered, WIDTH, (found) => describeReferrer(place, found));
}
