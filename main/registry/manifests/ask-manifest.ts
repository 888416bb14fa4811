import type { Subject } from '../answer-checks.ts';
import type { AuthorizedAnswer, RegistryRequest } from '../auth/authorizer.ts';
import { manifestAccept } from '../describe/media-types.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { checkReference } from './check-reference.ts';

/** What is asked of a manifest, beside fetching it. */
type ManifestRequest = Pick<RegistryRequest, 'content' | 'scope'> & {
  readonly method: 'HEAD' | 'PUT' | 'DELETE';
};

/**
 * Sends a request about a manifest, always with the full Accept list.
 * @throws RegentError `REFERENCE_INVALID`
 */
export async function askManifest(
  { session, authorizer, repository, signal }: Place,
  reference: string,
  request: ManifestRequest,
): Promise<AuthorizedAnswer> {
  checkReference(reference);
  return authorizer({
    ...{ route: 'repository', accept: manifestAccept, limit: limits.refusal, signal, ...request },
    url: new URL(`/v2/${repository}/manifests/${reference}`, session.origin),
  });
}

/** What such a request is about, for the words of its error. */
export function manifestSubject({ repository }: Place, reference: string): Subject {
  return { kind: 'manifest', repository, reference };
}
