import { randomUUID } from 'node:crypto';
import { RegentError } from '../../shared/errors/index.ts';
import { expectOk } from './answer-checks.ts';
import { isTemporary } from './answer-errors.ts';
import type { AuthorizedAnswer, RegistryRequest } from './auth/authorizer.ts';
import type { Credentials } from './auth/credentials.ts';
import { catalogScope } from './auth/scopes.ts';
import { limits } from './limits.ts';
import { ping } from './ping.ts';
import type { Session } from './session.ts';
import type { HttpAnswer } from './transport/exchange.ts';

/**
 * Proves a login by the registry's own answer, apart from the login in use. Some open the ping to everyone and guard
 * the catalog, some guard only what changes something: the registry is asked one after the other until it asks back.
 * @throws RegentError `CREDENTIALS_REJECTED`, `IDENTITY_TOKEN_REJECTED`; `SIGN_IN_NOT_NEEDED` where everyone is
 *   served, so that nothing can be proved; and the usual ones
 */
export async function checkLogin(
  session: Session,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<void> {
  const authorizer = session.authorize(async () => credentials);
  const { wasChallenged, api } = await ping(session, authorizer, signal);
  if (wasChallenged) return;
  for (const question of api === 'v1' ? [searchNothing] : [askForCatalog, cancelNothing]) {
    const result = await authorizer({ ...question(session.origin), signal });
    if (!result.wasChallenged) continue;
    // What the login may do is another question: robots often may not list.
    if (!isTaken(result, session)) refuse(result, session);
    return;
  }
  throw new RegentError('SIGN_IN_NOT_NEEDED', { address: session.address });
}

/**
 * Without a token, which is given only for a login that was taken, it is the registry itself that has to say so: that it
 * sends whoever asks to another server proves nothing.
 */
function isTaken({ answer, proof, said }: AuthorizedAnswer, session: Session): boolean {
  return said === 'worked' && (proof === 'bearer' || isOwn(answer, session));
}

/** @throws RegentError what the answer means; from another server, that it is none to this question */
function refuse(result: AuthorizedAnswer, session: Session): never {
  const { answer } = result;
  if (isOwn(answer, session) || isTemporary(answer)) {
    expectOk(result, { kind: 'registry' }, session);
  }
  const detail = 'a redirect to another server';
  throw new RegentError('REGISTRY_RESPONSE_INVALID', { address: session.address, detail });
}

const isOwn = ({ url }: HttpAnswer, { origin }: Session) => url.origin === origin.origin;

type Question = Omit<RegistryRequest, 'signal'>;
const accept = 'application/json';

function askForCatalog(origin: URL): Question {
  return {
    ...{ route: 'catalog', scope: catalogScope, accept, limit: limits.page },
    url: new URL('/v2/_catalog?n=1', origin),
  };
}

/** Guarded where anything of a registry of the first generation is; there is nothing of that name. */
function searchNothing(origin: URL): Question {
  return {
    ...{ route: 'catalog', scope: null, accept, limit: limits.page },
    url: new URL('/v1/search?q=regent-sign-in', origin),
  };
}

/**
 * Cancels an upload that nobody ever began, so that nothing changes: the one question about writing that leaves no
 * trace, for registries from which everybody may read.
 */
function cancelNothing(origin: URL): Question {
  const repository = 'regent/sign-in';
  return {
    ...{ method: 'DELETE', route: 'repository', accept, limit: limits.page },
    scope: `repository:${repository}:pull,push`,
    url: new URL(`/v2/${repository}/blobs/uploads/${randomUUID()}`, origin),
  };
}
