import { RegentError } from '../../../shared/errors/index.ts';
import { isRefusedLogin } from '../../../shared/errors/refused-login.ts';
import type { AuthorizedAnswer, Authorizer, RegistryRequest } from '../auth/authorizer.ts';
import { pullScope, pushScope } from '../auth/scopes.ts';
import { expectStatus } from '../expect-status.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';
import { uploadLocation } from './upload-location.ts';

/** An upload that a registry has begun. */
export interface Upload {
  /** Where the next request goes; changes with each answer. */
  readonly url: URL;
  /** Bytes that each chunk but the last must have at least (`OCI-Chunk-Min-Length`); 0 where the registry says nothing. */
  readonly chunkMinimum: number;
}

/** How long a request may take that cleans up after a failure, in milliseconds. */
const CLEANING = 3_000;

/** What may be sent along with a request to an upload. */
type UploadRequest = Pick<RegistryRequest, 'content' | 'headers'> & {
  readonly method: 'GET' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: URL;
};

/**
 * Begins an upload. `mount`: a blob of another repository that is to be used in place of one (cross-repository mount).
 * @returns null when the blob is there already, so that nothing is to be uploaded
 * @throws RegentError the usual ones; `REGISTRY_RESPONSE_INVALID` where the registry does not say where to
 */
export async function beginUpload(
  place: Place,
  mount?: { readonly digest: string; readonly from: string },
): Promise<Upload | null> {
  const { session, repository } = place;
  const answered = mount ? await askToMount(place, mount) : undefined;
  const result = answered ?? (await post(place, pushScope(repository), ''));
  const subject = { kind: 'repository', repository } as const;
  const answer = expectStatus(result, mount ? [201, 202] : [202], subject, session);
  if (answer.status === 201) return null;
  const minimum = headerOf(answer, 'oci-chunk-min-length') ?? '';
  const chunkMinimum = /^\d{1,12}$/.test(minimum) ? Number(minimum) : 0;
  return { url: uploadLocation(answer, place), chunkMinimum };
}

/**
 * Undefined where the mount is refused, by the registry or by its token server: who may write here may have no right to
 * read there, and can still upload.
 */
async function askToMount(
  place: Place,
  { digest, from }: { readonly digest: string; readonly from: string },
): Promise<AuthorizedAnswer | undefined> {
  const query = `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`;
  const scope = `${pushScope(place.repository)} ${pullScope(from)}`;
  const result = await post(place, scope, query).catch((error: unknown) => {
    if (error instanceof RegentError && isRefusal(error)) return undefined;
    throw error;
  });
  return result && [201, 202].includes(result.answer.status) ? result : undefined;
}

function isRefusal(error: RegentError): boolean {
  const { code, data } = error;
  if (code === 'REGISTRY_ERROR') return 'status' in data && data.status < 500;
  return code === 'ACCESS_DENIED' || code === 'SIGN_IN_REQUIRED' || isRefusedLogin(error);
}

function post(
  { session, authorizer, repository, signal }: Place,
  scope: string,
  query: string,
): Promise<AuthorizedAnswer> {
  return authorizer({
    ...{ method: 'POST', route: 'repository', scope, accept: '*/*', limit: limits.refusal, signal },
    url: new URL(`/v2/${repository}/blobs/uploads/${query}`, session.origin),
  });
}

/** Sends a request to an upload. Another host than the registry gets no proof of who asks. */
export function askUpload(place: Place, request: UploadRequest): Promise<AuthorizedAnswer> {
  const { session, repository, signal } = place;
  const isOwn = request.url.origin === session.origin.origin;
  const authorizer: Authorizer = isOwn ? place.authorizer : session.authorize(async () => null);
  const scope = isOwn ? pushScope(repository) : null;
  const common = { route: 'repository', accept: '*/*', limit: limits.refusal, signal } as const;
  return authorizer({ ...common, ...request, scope });
}

/** The number of bytes that a registry says it has of an upload (`Range: 0-n`); undefined when it does not say. */
export function receivedBytes(answer: HttpAnswer): number | undefined {
  const last = /^(?:bytes=)?0-(\d{1,15})$/.exec(headerOf(answer, 'range')?.trim() ?? '')?.[1];
  if (last === undefined) return undefined;
  // Distribution says `0-0` of nothing, too.
  return last === '0' ? 0 : Number(last) + 1;
}

/**
 * Tells the registry to forget an upload that goes on at this URL, also after everything was cancelled. It never fails: a registry that does not
 * listen forgets by itself some day. Distribution 2.8 listens only if it stands where its last answer said: what came
 * in a request that broke off stays until it purges its uploads (`storage.maintenance.uploadpurging`, a week).
 */
export async function cancelUpload(place: Place, url: URL): Promise<void> {
  const signal = AbortSignal.timeout(CLEANING);
  await askUpload({ ...place, signal }, { method: 'DELETE', url }).catch(() => undefined);
}
