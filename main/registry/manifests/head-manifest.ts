import { isDigest } from '../../../shared/model/digest.ts';
import { expectOk } from '../answer-checks.ts';
import { pullScope } from '../auth/scopes.ts';
import { fetchManifest } from '../describe/fetch-manifest.ts';
import { manifestKind } from '../describe/media-types.ts';
import type { Place } from '../place.ts';
import { headerOf } from '../transport/exchange.ts';
import { askManifest, manifestSubject } from './ask-manifest.ts';

/** Which manifest a reference names, as the registry says it. */
export interface ManifestHead {
  readonly digest: string;
  readonly mediaType: string;
}

/**
 * Finds out which manifest a tag or digest names, without fetching it, which would count as a pull with some registries.
 * One that is not told by its headers is fetched: they are optional, and Nexus has been seen to know by GET alone what
 * it knew nothing of by HEAD.
 * @throws RegentError `TAG_NOT_FOUND` and the usual ones
 */
export async function headManifest(place: Place, reference: string): Promise<ManifestHead> {
  const result = await askManifest(place, reference, {
    ...{ method: 'HEAD', scope: pullScope(place.repository) },
  });
  const { answer } = result;
  if (answer.status !== 404 && answer.status !== 405) {
    expectOk(result, manifestSubject(place, reference), place.session);
    const digest = headerOf(answer, 'docker-content-digest')?.trim() ?? '';
    const mediaType = headerOf(answer, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (isDigest(digest) && manifestKind(mediaType)) return { digest, mediaType };
  }
  const { digest, mediaType } = await fetchManifest(place, reference);
  return { digest, mediaType };
}
