import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { refusalOf } from '../answer-errors.ts';
import type { HttpAnswer } from '../transport/exchange.ts';
import type { TokenMeans, TokenRequest } from './token-request.ts';

/** What the refusal of a token means: a wrong login, a missing one, missing rights, or something else. */
export function tokenError(
  answer: HttpAnswer,
  request: TokenRequest,
  means: Pick<TokenMeans, 'address' | 'clock'>,
): RegentError {
  const { account, scopes } = request;
  const { address, clock } = means;
  // Harbor and Quay refuse a token without account and scope with 401 or 400; GitHub refuses passwords with 403.
  if (!account && [400, 401, 403].includes(answer.status)) {
    return new RegentError('SIGN_IN_REQUIRED', { address });
  }
  const isIdentityToken = account?.username === IDENTITY_TOKEN_USER;
  if (isIdentityToken && isUnknownWay(answer)) {
    return new RegentError('IDENTITY_TOKEN_UNSUPPORTED', { address });
  }
  if (account && isRefusedLogin(answer, scopes.length > 0)) {
    return isIdentityToken
      ? new RegentError('IDENTITY_TOKEN_REJECTED', { address })
      : new RegentError('CREDENTIALS_REJECTED', { address, username: account.username });
  }
  if (answer.status === 403) {
    return new RegentError('ACCESS_DENIED', { address, subject: scopes.join(' ') });
  }
  return refusalOf(answer, address, clock);
}

/** Servers without OAuth 2 answer its POST with 404 (distribution: docs/spec/auth/oauth.md), or as HTTP has it. */
function isUnknownWay(answer: HttpAnswer): boolean {
  return (
    [404, 405, 501].includes(answer.status) || oauthErrorOf(answer) === 'unsupported_grant_type'
  );
}

/** 401; the 400 of OAuth 2 (RFC 6749, 5.2); or a 403 that can't be about rights, since none were asked for. */
function isRefusedLogin(answer: HttpAnswer, asksForRights: boolean): boolean {
  if (answer.status === 401) return true;
  if (answer.status === 403) return !asksForRights;
  return answer.status === 400 && oauthErrorOf(answer) === 'invalid_grant';
}

const oauthSchema = z.object({ error: z.string() });

function oauthErrorOf({ body }: HttpAnswer): string | undefined {
  try {
    return oauthSchema.parse(JSON.parse(body.toString('utf8'))).error;
  } catch {
    return undefined;
  }
}
