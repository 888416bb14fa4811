import { createHash } from 'node:crypto';
import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { expectOk } from '../answer-checks.ts';
import { pullScope } from '../auth/scopes.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { readJson } from '../read-json.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';
import { type ManifestKind, manifestAccept, manifestKind } from './media-types.ts';
import { signedPayload } from './schema1.ts';

/** A manifest with the digest of its bytes. */
export interface Manifest {
  readonly kind: ManifestKind;
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

const statedType = z.object({
  mediaType: z.string().optional().catch(undefined),
  fsLayers: z.unknown().optional(),
  manifests: z.unknown().optional(),
});

/**
 * Fetches a manifest by tag or digest and verifies it.
 * @throws RegentError `TAG_NOT_FOUND`, `DIGEST_MISMATCH`, `REGISTRY_RESPONSE_INVALID` for what is no manifest
 */
export async function fetchManifest(place: Place, reference: string): Promise<Manifest> {
  const { session, repository } = place;
  const answer = await get(place, `manifests/${reference}`, manifestAccept, limits.manifest, {
    kind: 'manifest',
    repository,
    reference,
  });
  const { address } = session;
  const mediaType = typeOf(answer, address);
  const kind = manifestKind(mediaType);
  if (!kind) throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'no manifest' });
  const hashed = kind === 'schema1' ? signedPayload(answer.body) : answer.body;
  const stated = isDigest(reference) ? reference : headerOf(answer, 'docker-content-digest');
  const digest = verifyDigest(hashed, stated);
  return { kind, mediaType, digest, bytes: answer.body };
}

/**
 * Fetches a blob whole and verifies it. Only for small ones.
 * @throws RegentError `TAG_NOT_FOUND` when it is missing, `DIGEST_MISMATCH`, `RESPONSE_TOO_LARGE`
 */
export async function fetchBlob(place: Place, digest: string, limit: number): Promise<Buffer> {
  const subject = { kind: 'manifest', repository: place.repository, reference: digest } as const;
  const { body } = await get(place, `blobs/${digest}`, '*/*', limit, subject);
  verifyDigest(body, digest);
  return body;
}

async function get(
  { session, authorizer, repository, signal }: Place,
  path: string,
  accept: string,
  limit: number,
  subject: Parameters<typeof expectOk>[1],
): Promise<HttpAnswer> {
  const url = new URL(`/v2/${repository}/${path}`, session.origin);
  const scope = pullScope(repository);
  const result = await authorizer({ route: 'repository', scope, url, accept, limit, signal });
  return expectOk(result, subject, session);
}

/** The digest of the bytes, by the algorithm of the one that was stated; SHA-256 when none was. */
function verifyDigest(bytes: Buffer, stated: string | undefined): string {
  const expected = stated !== undefined && isDigest(stated) ? stated : undefined;
  const algorithm = expected?.slice(0, expected.indexOf(':')) ?? 'sha256';
  const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (expected !== undefined && expected !== actual) {
    throw new RegentError('DIGEST_MISMATCH', { expected, actual });
  }
  return actual;
}

/** The media type, by header, by the manifest's own word, by its structure; the first two must not disagree. */
function typeOf(answer: HttpAnswer, address: string): string {
  const sent = (headerOf(answer, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const own = readJson(answer.body, statedType, address);
  const isManifest = manifestKind(sent) !== undefined;
  if (isManifest && own.mediaType !== undefined && own.mediaType !== sent) {
    const detail = 'a manifest that says it is of another type';
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
  }
  if (isManifest) return sent;
  if (own.mediaType !== undefined) return own.mediaType;
  if (own.fsLayers !== undefined)
    return 'application/vnd.docker.distribution.manifest.v1+prettyjws';
  return `application/vnd.oci.image.${own.manifests === undefined ? 'manifest' : 'index'}.v1+json`;
}
