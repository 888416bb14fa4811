import type * as z from 'zod';
import { refusalOf } from '../answer-errors.ts';
import { readJson } from '../read-json.ts';
import type { Session } from '../session.ts';
import type { HttpAnswer } from '../transport/exchange.ts';
import { hubLimits } from './hub-limits.ts';
import type { HubTokens } from './hub-token.ts';

/** What questions to Docker Hub's web API need. */
export interface HubMeans {
  /** With `hub.docker.com`, or what stands in for it. */
  readonly session: Session;
  readonly tokens: HubTokens;
}

/** A question, and what its answer has to be. */
export interface HubQuestion<T> {
  readonly url: URL;
  readonly schema: z.ZodType<T>;
  /** Whether nobody need know who asks. */
  readonly isAnonymous?: true;
  readonly signal: AbortSignal;
}

/**
 * Asks Docker Hub's web API, with the login where there is one; undefined where there is no such thing, or the login
 * may not see it. A token that is no longer taken is made anew once.
 * @throws RegentError `CREDENTIALS_REJECTED`, `RATE_LIMITED`, `REGISTRY_ERROR`, `REGISTRY_RESPONSE_INVALID` and what
 *   happens on the way there
 */
export async function askHub<T>(
  { session, tokens }: HubMeans,
  { url, schema, isAnonymous, signal }: HubQuestion<T>,
): Promise<T | undefined> {
  const ask = async (): Promise<{ readonly answer: HttpAnswer; readonly token?: string }> => {
    const login = isAnonymous ? null : await tokens.get(signal);
    const headers = {
      accept: 'application/json',
      ...(login && { authorization: `Bearer ${login.token}` }),
    };
    const limit = hubLimits.pageBytes;
    const answer = await session.exchange({ method: 'GET', url, headers, limit, signal });
    return { answer, ...(login && { token: login.token }) };
  };
  let { answer, token } = await ask();
  if (answer.status === 401 && token !== undefined) {
    tokens.drop(token);
    ({ answer, token } = await ask());
  }
  if (answer.status === 200) return readJson(answer.body, schema, session.address);
  if ([401, 403, 404].includes(answer.status)) return undefined;
  throw refusalOf(answer, session.address, session.clock);
}
