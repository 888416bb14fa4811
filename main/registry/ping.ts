import { RegentError } from '../../shared/errors/index.ts';
import { expectOk } from './answer-checks.ts';
import { isTemporary } from './answer-errors.ts';
import type { AuthorizedAnswer, Authorizer } from './auth/authorizer.ts';
import { limits } from './limits.ts';
import type { Session } from './session.ts';
import { type HttpAnswer, headerOf } from './transport/exchange.ts';

/**
 * Asks for `/v2/`, with the login where the registry wants one.
 * @throws RegentError `NOT_A_REGISTRY`, or what the refusal means
 */
export async function ping(
  session: Session,
  authorizer: Authorizer,
  signal: AbortSignal,
): Promise<AuthorizedAnswer> {
  const { address, origin } = session;
  const result = await authorizer({
    route: 'ping',
    scope: null,
    url: new URL('/v2/', origin),
    accept: 'application/json, */*;q=0.5',
    limit: limits.page,
    signal,
  });
  const { answer } = result;
  const isAnswered = answer.status === 200 && !isWebPage(answer);
  const isRefused = [401, 403].includes(answer.status) || isTemporary(answer);
  if (!isAnswered && !isRefused) {
    throw new RegentError('NOT_A_REGISTRY', { address, status: answer.status });
  }
  expectOk(result, { kind: 'registry' }, session);
  return result;
}

/** The version header is optional for registries, but a web page without it is none. */
function isWebPage(answer: HttpAnswer): boolean {
  const isHtml = /^text\/html\b/i.test(headerOf(answer, 'content-type') ?? '');
  return isHtml && headerOf(answer, 'docker-distribution-api-version') === undefined;
}
