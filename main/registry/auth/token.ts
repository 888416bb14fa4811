import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { limits } from '../limits.ts';
import { formContent, type HttpAnswer } from '../transport/exchange.ts';
import { basicHeader } from './credentials.ts';
import { readToken, type Token } from './token-answer.ts';
import { tokenError } from './token-errors.ts';
import type { TokenMeans, TokenRequest } from './token-request.ts';

/** What a token server gets to know of this client. */
const CLIENT_ID = 'regent';

/**
 * Fetches a token: by GET as all token servers understand it (distribution: docs/spec/auth/token.md), with an identity
 * token by the POST of OAuth 2 (docs/spec/auth/oauth.md). A password goes by POST only where there is no GET: servers
 * answer a POST that they do not know with every status, so that a wrong password would be sent twice.
 *
 * No identity token is ever asked for, and one that an answer offers is left alone: by the specification a refresh
 * gives "only the same refresh token and not a new one", and Docker's engine keeps the one it has, too.
 * @throws RegentError `CREDENTIALS_REJECTED`, `IDENTITY_TOKEN_REJECTED`, `IDENTITY_TOKEN_UNSUPPORTED`, `ACCESS_DENIED`,
 *   `SIGN_IN_REQUIRED`, `REGISTRY_RESPONSE_INVALID`
 */
export async function fetchToken(
  request: TokenRequest,
  means: TokenMeans,
  signal: AbortSignal,
): Promise<Token> {
  const answer = await askForToken(request, means, signal);
  if (answer.status !== 200) throw tokenError(answer, request, means);
  return readToken(answer, means.address, means.clock);
}

async function askForToken(
  request: TokenRequest,
  { address, exchange }: TokenMeans,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { account, realm } = request;
  const post = (form: URLSearchParams) =>
    exchange({
      ...{ method: 'POST', url: realm, headers: {}, content: formContent(form) },
      ...{ limit: limits.token, signal },
    });
  if (account?.username === IDENTITY_TOKEN_USER) {
    return post(formOf(request, { grant_type: 'refresh_token', refresh_token: account.password }));
  }
  const answer = await exchange({
    method: 'GET',
    url: tokenUrl(request),
    headers: account ? { authorization: basicHeader(account, address) } : {},
    limit: limits.token,
    signal,
  });
  if (!account || (answer.status !== 404 && answer.status !== 405)) return answer;
  const { username, password } = account;
  return post(formOf(request, { grant_type: 'password', username, password }));
}

function tokenUrl({ realm, service, scopes, account }: TokenRequest): URL {
  const url = new URL(realm);
  if (service !== null) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  url.searchParams.set('client_id', CLIENT_ID);
  if (account) url.searchParams.set('account', account.username);
  return url;
}

function formOf(
  { service, scopes }: TokenRequest,
  grant: Readonly<Record<string, string>>,
): URLSearchParams {
  const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {};
  // `service` and `client_id` are required, were they empty.
  return new URLSearchParams({ ...grant, service: service ?? '', client_id: CLIENT_ID, ...scope });
}
