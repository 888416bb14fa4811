import { createHash } from 'node:crypto';
import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { pushScope } from '../auth/scopes.ts';
import { manifestKind } from '../describe/media-types.ts';
import { signedPayload } from '../describe/schema1.ts';
import { expectStatus } from '../expect-status.ts';
import type { Place } from '../place.ts';
import { headerOf } from '../transport/exchange.ts';
import { askManifest, manifestSubject } from './ask-manifest.ts';

/** A manifest to be stored, byte for byte as it is. */
export interface ManifestToPut {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** What became of it. */
export interface StoredManifest {
  readonly digest: string;
  /**
   * The digest of what it is about, if the registry lists it among that one's referrers (`OCI-Subject`). Null where it
   * does not: whoever puts a manifest with a subject keeps the list under the fallback tag then.
   */
  readonly subject: string | null;
}

/**
 * Stores a manifest under a tag or its digest. The registry has to have all that it names.
 * @throws RegentError `DIGEST_MISMATCH` where the registry stored something else, or where the reference is another
 *   digest (then nothing is sent), `REGISTRY_ERROR` and the usual ones
 */
export async function putManifest(
  place: Place,
  reference: string,
  { mediaType, bytes }: ManifestToPut,
): Promise<StoredManifest> {
  const wanted = isDigest(reference) ? reference : undefined;
  const payload = manifestKind(mediaType) === 'schema1' ? signedPayload(bytes) : bytes;
  const digest = digestLike(wanted, payload);
  if (wanted !== undefined) expectSame(wanted, digest);
  const result = await askManifest(place, reference, {
    ...{ method: 'PUT', scope: pushScope(place.repository) },
    content: { type: mediaType, length: bytes.length, open: () => bytes },
  });
  const subject = manifestSubject(place, reference);
  const answer = expectStatus(result, [200, 201, 202], subject, place.session);
  const stored = headerOf(answer, 'docker-content-digest')?.trim();
  if (stored !== undefined && isDigest(stored)) expectSame(digestLike(stored, payload), stored);
  const handled = headerOf(answer, 'oci-subject')?.trim() ?? '';
  return { digest, subject: isDigest(handled) ? handled : null };
}

/** The digest of bytes by the algorithm of another one; SHA-256 without. */
function digestLike(other: string | undefined, bytes: Buffer): string {
  const algorithm = other?.slice(0, other.indexOf(':')) ?? 'sha256';
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

function expectSame(expected: string, actual: string): void {
  if (actual !== expected) throw new RegentError('DIGEST_MISMATCH', { expected, actual });
}
