import { RegentError } from '../../shared/errors/index.ts';
import { expectOk } from './answer-checks.ts';
import type { Credentials } from './auth/credentials.ts';
import { catalogScope } from './auth/scopes.ts';
import { limits } from './limits.ts';
import { ping } from './ping.ts';
import type { Session } from './session.ts';

/**
 * Proves a login by the registry's own answer, apart from the login in use.
 * @throws RegentError `CREDENTIALS_REJECTED`; `SIGN_IN_NOT_NEEDED` where everyone is served, so that nothing
 *   can be proved; and the usual ones
 */
export async function checkLogin(
  session: Session,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<void> {
  const { address, origin } = session;
  const authorizer = session.authorize(async () => credentials);
  if ((await ping(session, authorizer, signal)).wasChallenged) return;
  // Some open the ping to everyone and guard the rest.
  const catalog = await authorizer({
    route: 'catalog',
    scope: catalogScope,
    url: new URL('/v2/_catalog?n=1', origin),
    accept: 'application/json',
    limit: limits.page,
    signal,
  });
  if (!catalog.wasChallenged) throw new RegentError('SIGN_IN_NOT_NEEDED', { address });
  if (catalog.answer.status === 401) expectOk(catalog, { kind: 'registry' }, session);
}
