import { RegentError } from '../../../shared/errors/index.ts';
import { expectOk } from '../answer-checks.ts';
import type { Authorizer } from '../auth/authorizer.ts';
import { limits } from '../limits.ts';
import type { Session } from '../session.ts';
import { headerOf } from '../transport/exchange.ts';

/** Visible characters only, since it becomes part of a header. */
const TOKEN = /^[\x20-\x7e]{1,2000}$/;

/**
 * Asks the index, which must be at the registry's own address, for a token to read a repository with.
 * @returns null where it gives none, so that it is tried without
 * @throws RegentError `REPOSITORY_NOT_FOUND`, `SIGN_IN_REQUIRED` …; `REGISTRY_RESPONSE_INVALID` where it wants the token
 *   to be shown to other servers, which is done for no registry
 */
export async function fetchIndexToken(
  session: Session,
  authorizer: Authorizer,
  repository: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { address, origin } = session;
  const result = await authorizer({
    // A route of its own: to the index goes the login, to the registry only the token.
    route: 'catalog',
    scope: null,
    url: new URL(`/v1/repositories/${repository}/images`, origin),
    accept: 'application/json',
    headers: { 'x-docker-token': 'true' },
    limit: limits.page,
    signal,
  });
  const answer = expectOk(result, { kind: 'repository', repository }, session);
  const token = headerOf(answer, 'x-docker-token');
  if (token === undefined) return null;
  const hosts = headerOf(answer, 'x-docker-endpoints')?.split(',') ?? [origin.host];
  const isOwn = hosts.some((host) => host.trim().toLowerCase() === origin.host);
  if (!isOwn || !TOKEN.test(token)) {
    const detail = isOwn ? 'a token that is none' : 'images that are kept on another server';
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
  }
  return token;
}
