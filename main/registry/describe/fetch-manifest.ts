import { hash } from 'node:crypto';
import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { expectOk } from '../answer-checks.ts';
import type { RegistryRequest } from '../auth/authorizer.ts';
import { pullScope } from '../auth/scopes.ts';
import { type Asked, findKeptManifest } from '../cache/find-kept.ts';
import { cleanText } from '../hostile-text.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';
import { warningsOf } from '../warnings.ts';
import { type ManifestKind, manifestAccept, manifestKind } from './media-types.ts';
import { type JsonObject, objectOf, parseJson, reading } from './read-value.ts';
import { signedPayload } from './schema1.ts';

/** A manifest with the digest of its bytes. */
export interface Manifest {
  readonly kind: ManifestKind;
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
  /** The bytes, parsed. */
  readonly json: JsonObject;
  /** What the registry wishes to be said beside it. */
  readonly warnings: readonly string[];
}

/**
 * Fetches a manifest by tag or digest and verifies it. One that was seen before comes from this machine once the registry
 * has confirmed that it is still meant; see `findKeptManifest`.
 * @throws RegentError `REFERENCE_INVALID`, `TAG_NOT_FOUND`, `DIGEST_MISMATCH`, `REGISTRY_RESPONSE_INVALID` for what is no manifest
 */
export async function fetchManifest(
  place: Place,
  reference: string,
  asked: Asked = 'by-person',
): Promise<Manifest> {
  // It becomes part of a URL.
  if (!isTag(reference) && !isDigest(reference)) {
    throw new RegentError('REFERENCE_INVALID', { input: cleanText(reference) });
  }
  const kept = await findKeptManifest(place, reference, asked);
  if (kept) return readManifest(kept.bytes, kept.mediaType, kept.digest, place.session.address);
  const manifest = await fetchFresh(place, reference);
  const { kind, digest, bytes, mediaType } = manifest;
  // The digest of a legacy manifest is not about all of its bytes, so they can't be verified later.
  if (kind === 'schema1') return manifest;
  place.content?.put(digest, bytes, mediaType);
  if (!isDigest(reference)) place.content?.noteTag(reference, digest);
  return manifest;
}

async function fetchFresh(place: Place, reference: string): Promise<Manifest> {
  const { repository } = place;
  const path = `manifests/${reference}`;
  const way = { path, accept: manifestAccept, limit: limits.manifest };
  const answer = await get(place, way, { kind: 'manifest', repository, reference });
  const stated = isDigest(reference) ? reference : headerOf(answer, 'docker-content-digest');
  const type = headerOf(answer, 'content-type');
  const manifest = readManifest(answer.body, type, stated, place.session.address);
  return { ...manifest, warnings: warningsOf(answer) };
}

/**
 * Reads a manifest's bytes and verifies them.
 * @param sent its media type as somebody states it, with parameters or without
 * @param stated its digest as somebody states it
 * @throws RegentError `DIGEST_MISMATCH`, `REGISTRY_RESPONSE_INVALID` for what is no manifest
 */
export function readManifest(
  bytes: Buffer,
  sent: string | undefined,
  stated: string | undefined,
  address: string,
): Manifest {
  const json = reading(address, () => objectOf(parseJson(bytes)));
  const mediaType = typeOf(sent, json, address);
  const kind = manifestKind(mediaType);
  if (!kind) throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'no manifest' });
  const common = { kind, mediaType, bytes, warnings: [] };
  if (kind !== 'schema1') return { ...common, digest: verifyDigest(bytes, stated), json };
  const payload = signedPayload(bytes);
  const signed = reading(address, () => legacyOf(parseJson(payload)));
  return { ...common, digest: verifyDigest(payload, stated), json: signed };
}

/**
 * What the digest is about, and no key that was put beside it; nor a manifest of another kind, which would be read in
 * another way than everybody else reads it.
 */
function legacyOf(payload: unknown): JsonObject {
  const json = objectOf(payload);
  if (json.schemaVersion !== 1) throw new Error('no manifest of schema 1');
  return json;
}

/**
 * Fetches a blob whole and verifies it. Only for small ones.
 * @throws RegentError `BLOB_NOT_FOUND`, `DIGEST_MISMATCH`, `RESPONSE_TOO_LARGE`
 */
export async function fetchBlob(place: Place, digest: string, limit: number): Promise<Buffer> {
  const kept = await place.content?.get(digest, limit);
  if (kept) return kept.bytes;
  const subject = { kind: 'blob', repository: place.repository, digest } as const;
  const way = { path: `blobs/${digest}`, accept: '*/*', limit, mayGoPlain: true } as const;
  const { body } = await get(place, way, subject);
  verifyDigest(body, digest);
  place.content?.put(digest, body);
  return body;
}

/**
 * The digest of the bytes, by the algorithm of the one that was stated; SHA-256 when none was.
 * @throws RegentError `DIGEST_MISMATCH`
 */
function verifyDigest(bytes: Buffer, stated: string | undefined): string {
  const expected = stated !== undefined && isDigest(stated) ? stated : undefined;
  const algorithm = expected?.slice(0, expected.indexOf(':')) ?? 'sha256';
  const actual = `${algorithm}:${hash(algorithm, bytes, 'hex')}`;
  if (expected !== undefined && expected !== actual) {
    throw new RegentError('DIGEST_MISMATCH', { expected, actual });
  }
  return actual;
}

async function get(
  { session, authorizer, repository, signal, content }: Place,
  {
    path,
    ...way
  }: { readonly path: string } & Pick<RegistryRequest, 'accept' | 'limit' | 'mayGoPlain'>,
  subject: Parameters<typeof expectOk>[1],
): Promise<HttpAnswer> {
  const url = new URL(`/v2/${repository}/${path}`, session.origin);
  const scope = pullScope(repository);
  try {
    const result = await authorizer({ route: 'repository', scope, url, signal, ...way });
    return expectOk(result, subject, session);
  } catch (error) {
    // What this login may no longer read it shall not read here either.
    if (error instanceof RegentError && error.code === 'ACCESS_DENIED') await content?.forget();
    throw error;
  }
}

/** The media type, by header, by the manifest's own word, by its structure; the first two must not disagree. */
function typeOf(header: string | undefined, json: JsonObject, address: string): string {
  const sent = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const own = typeof json.mediaType === 'string' ? json.mediaType : undefined;
  const isManifest = manifestKind(sent) !== undefined;
  if (isManifest && own !== undefined && own !== sent) {
    const detail = 'a manifest that says it is of another type';
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
  }
  if (isManifest) return sent;
  if (own !== undefined) return own;
  if (json.fsLayers !== undefined)
    return 'application/vnd.docker.distribution.manifest.v1+prettyjws';
  return `application/vnd.oci.image.${json.manifests === undefined ? 'manifest' : 'index'}.v1+json`;
}
