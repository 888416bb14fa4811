import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { expectOk } from '../answer-checks.ts';
import { pullScope } from '../auth/scopes.ts';
import { manifestAccept } from '../describe/media-types.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';
import type { KeptContent } from './content-store.ts';

/**
 * Why a manifest is wanted. What a person names must be on the registry still, so the registry is asked; what an index
 * names by digest can be nothing else than it was.
 */
export type Asked = 'by-person' | 'by-index';

/** A manifest from this machine, verified. */
export interface KeptManifest extends KeptContent {
  readonly digest: string;
}

/** Failures of a HEAD that a GET may not have: not every server and proxy does well with one. */
const HEAD_ALONE: ReadonlySet<string> = new Set(['CONNECTION_FAILED', 'REGISTRY_RESPONSE_INVALID']);

/**
 * A manifest from this machine, if the registry says by a HEAD that the reference still means it; a GET would count as
 * a pull (Docker Hub, Harbor). Undefined where a GET is to be sent: it was never seen, has moved, or the HEAD failed. The
 * digest that the registry states only chooses among what was seen here, and those bytes hash to it.
 * @throws RegentError `RATE_LIMITED`, and what happens on the way there
 */
export async function findKeptManifest(
  place: Place,
  reference: string,
  asked: Asked,
): Promise<KeptManifest | undefined> {
  const { content } = place;
  if (!content) return undefined;
  if (!isDigest(reference)) {
    if ((await content.lastDigestOf(reference)) === undefined) return undefined;
    const digest = await digestNow(place, reference);
    const kept = digest && (await content.get(digest, limits.manifest));
    if (!kept) return undefined;
    content.noteTag(reference, digest);
    return { ...kept, digest };
  }
  const kept = await content.get(reference, limits.manifest);
  if (!kept) return undefined;
  if (asked === 'by-person' && (await digestNow(place, reference)) !== reference) return undefined;
  return { ...kept, digest: reference };
}

/**
 * The digest that the registry states for a reference at the moment, asked by a HEAD; undefined when it does not say.
 * @throws RegentError `RATE_LIMITED`, and what happens on the way there
 */
export async function digestNow(place: Place, reference: string): Promise<string | undefined> {
  const answer = await askHead(place, reference).catch((error: unknown) => {
    if (error instanceof RegentError && HEAD_ALONE.has(error.code)) return undefined;
    throw error;
  });
  const digest = answer && headerOf(answer, 'docker-content-digest');
  return digest !== undefined && isDigest(digest) ? digest : undefined;
}

async function askHead(place: Place, reference: string): Promise<HttpAnswer | undefined> {
  const { session, authorizer, repository, signal } = place;
  const result = await authorizer({
    method: 'HEAD',
    route: 'repository',
    scope: pullScope(repository),
    url: new URL(`/v2/${repository}/manifests/${reference}`, session.origin),
    accept: manifestAccept,
    limit: limits.refusal,
    signal,
  });
  const { status } = result.answer;
  // Asking again at once would only make it worse. All other refusals are told in better words by the GET.
  if (status !== 200 && status !== 429) return undefined;
  return expectOk(result, { kind: 'manifest', repository, reference }, session);
}
