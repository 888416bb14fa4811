import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { refusalOf } from '../answer-errors.ts';
import { limits } from '../limits.ts';
import type { Exchange, HttpAnswer } from '../transport/exchange.ts';
import { type Account, basicHeader } from './credentials.ts';
import type { Scope } from './scopes.ts';

/** A bearer token and when to stop using it (milliseconds since 1970). */
export interface Token {
  readonly value: string;
  readonly expiresAt: number;
}

/** What a token is for. `service` is null where the challenge named none. */
export interface TokenRequest {
  readonly realm: URL;
  readonly service: string | null;
  readonly scopes: readonly Scope[];
  readonly account: Account | null;
}

/** What fetching a token takes. */
export interface TokenMeans {
  /** The registry as people call it. */
  readonly address: string;
  readonly exchange: Exchange;
  readonly clock: Clock;
}

const DEFAULT_LIFE_SECONDS = 60;
const RENEW_EARLY_SECONDS = 5;

const word = z
  .string()
  .regex(/^[\x21-\x7e]+$/)
  .max(limits.token);
const answerSchema = z.object({
  token: word.optional().catch(undefined),
  access_token: word.optional().catch(undefined),
  expires_in: z.number().positive().max(86_400).catch(DEFAULT_LIFE_SECONDS),
});

/**
 * Fetches a token by GET (distribution's token specification). Its life counts from its receipt, so that the
 * server's clock does not matter.
 * @throws RegentError `CREDENTIALS_REJECTED`, `ACCESS_DENIED`, `SIGN_IN_REQUIRED`, `REGISTRY_RESPONSE_INVALID`
 */
export async function fetchToken(
  request: TokenRequest,
  means: TokenMeans,
  signal: AbortSignal,
): Promise<Token> {
  const { account } = request;
  const answer = await means.exchange({
    method: 'GET',
    url: tokenUrl(request),
    headers: account ? { authorization: basicHeader(account, means.address) } : {},
    limit: limits.token,
    signal,
  });
  if (answer.status !== 200) throw tokenError(answer, request, means);
  const { token, access_token, expires_in } = readAnswer(answer, means.address);
  const value = token ?? access_token;
  if (value === undefined) throw invalid(means.address);
  const seconds = Math.max(1, expires_in - RENEW_EARLY_SECONDS);
  return { value, expiresAt: means.clock.now() + seconds * 1000 };
}

function tokenUrl({ realm, service, scopes, account }: TokenRequest): URL {
  const url = new URL(realm);
  if (service !== null) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  url.searchParams.set('client_id', 'regent');
  if (account) url.searchParams.set('account', account.username);
  return url;
}

function readAnswer({ body }: HttpAnswer, address: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    // The cause would carry the token into the log.
    throw invalid(address);
  }
}

function tokenError(
  answer: HttpAnswer,
  request: TokenRequest,
  { address, clock }: TokenMeans,
): RegentError {
  const { account, scopes } = request;
  // Harbor and Quay refuse a token without account and scope with 401 or 400; GitHub refuses passwords with 403.
  if (!account && [400, 401, 403].includes(answer.status)) {
    return new RegentError('SIGN_IN_REQUIRED', { address });
  }
  if (account && (answer.status === 401 || (answer.status === 403 && scopes.length === 0))) {
    return new RegentError('CREDENTIALS_REJECTED', { address, username: account.username });
  }
  if (answer.status === 403)
    return new RegentError('ACCESS_DENIED', { address, subject: scopes.join(' ') });
  return refusalOf(answer, address, clock);
}

function invalid(address: string): RegentError {
  return new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'token' });
}
