import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import { DOCKER_HUB } from '../../../shared/model/docker-hub.ts';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { refusalOf } from '../answer-errors.ts';
import type { Credentials } from '../auth/credentials.ts';
import { limits } from '../limits.ts';
import type { Session } from '../session.ts';
import { hubLimits } from './hub-limits.ts';

/** Who asks Hub's web API, and the token that proves it. */
interface HubLogin {
  readonly username: string;
  readonly token: string;
}

/** The login of Docker Hub, as a token for its web API. */
export interface HubTokens {
  /** Null where nobody is signed in. Rejects with `CREDENTIALS_REJECTED`, `RATE_LIMITED` and the usual ones. */
  get(signal: AbortSignal): Promise<HubLogin | null>;
  /** Forgets a token that was not taken. */
  drop(token: string): void;
}

const answerSchema = z.object({
  access_token: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .max(limits.token),
});

/**
 * Makes tokens out of the login of `docker.io`. It goes to `hub.docker.com`, the web API of the same owner, and within
 * that to the one address that makes tokens (docs.docker.com/reference/api/hub, "Create access token"), never to another
 * server; all else there sees the token only. A login that is an identity token means nothing there.
 */
export function createHubTokens(
  session: Session,
  credentials: () => Promise<Credentials | null>,
): HubTokens {
  let known: (HubLogin & { readonly password: string; readonly until: number }) | undefined;
  return {
    get: async (signal) => {
      const login = await credentials();
      if (!login || login.username === IDENTITY_TOKEN_USER) return null;
      const { username, password } = login;
      const isSame = known?.username === username && known.password === password;
      if (known && isSame && known.until > session.clock.now()) return known;
      const token = await makeToken(session, login, signal);
      known = { username, password, token, until: session.clock.now() + hubLimits.tokenFor };
      return known;
    },
    drop: (token) => {
      if (known?.token === token) known = undefined;
    },
  };
}

async function makeToken(
  session: Session,
  { username, password }: Credentials,
  signal: AbortSignal,
): Promise<string> {
  const bytes = Buffer.from(JSON.stringify({ identifier: username, secret: password }));
  const answer = await session.exchange({
    ...{ method: 'POST', url: new URL('/v2/auth/token', session.origin), headers: {} },
    content: { type: 'application/json', length: bytes.length, open: () => bytes },
    ...{ limit: limits.token, signal },
  });
  if (answer.status === 401 || answer.status === 403) {
    throw new RegentError('CREDENTIALS_REJECTED', { address: DOCKER_HUB, username });
  }
  if (answer.status !== 200) throw refusalOf(answer, session.address, session.clock);
  try {
    return answerSchema.parse(JSON.parse(answer.body.toString('utf8'))).access_token;
  } catch {
    // The cause would carry the token into the log.
    const { address } = session;
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'token' });
  }
}
