import { RegentError } from '../../shared/errors/index.ts';
import { isFirstGeneration } from '../../shared/model/registry-v1.ts';
import { expectOk } from './answer-checks.ts';
import { isTemporary } from './answer-errors.ts';
import type { AuthorizedAnswer, Authorizer } from './auth/authorizer.ts';
import { limits } from './limits.ts';
import type { Session } from './session.ts';
import { type HttpAnswer, headerOf } from './transport/exchange.ts';

/** Which API a registry speaks: the specification's, or the one before it (python docker-registry 0.6 to 0.9). */
export type Generation = 'v1' | 'v2';

/** The answer of a registry that is there. */
export interface Pong extends AuthorizedAnswer {
  readonly api: Generation;
}

/**
 * Asks for `/v2/`, with the login where the registry wants one; where there is none, for `/v1/_ping`.
 * @throws RegentError `NOT_A_REGISTRY`, or what the refusal means
 */
export async function ping(
  session: Session,
  authorizer: Authorizer,
  signal: AbortSignal,
): Promise<Pong> {
  const ask = (path: string) =>
    authorizer({
      route: 'ping',
      scope: null,
      url: new URL(path, session.origin),
      accept: 'application/json, */*;q=0.5',
      limit: limits.page,
      signal,
    });
  const result = await ask('/v2/');
  const { answer } = result;
  if ((answer.status === 200 && !isWebPage(answer)) || isRefusal(answer)) {
    expectOk(result, { kind: 'registry' }, session);
    return { ...result, api: 'v2' };
  }
  const first = answer.status === 404 ? await ask('/v1/_ping') : undefined;
  if (first && isRefusal(first.answer)) expectOk(first, { kind: 'registry' }, session);
  if (first && isFirstGeneration({ ...first.answer, body: first.answer.body.toString() })) {
    return { ...first, api: 'v1' };
  }
  throw new RegentError('NOT_A_REGISTRY', { address: session.address, status: answer.status });
}

function isRefusal(answer: HttpAnswer): boolean {
  return [401, 403].includes(answer.status) || isTemporary(answer);
}

/** The version header is optional for registries, but a web page without it is none. */
function isWebPage(answer: HttpAnswer): boolean {
  const isHtml = /^text\/html\b/i.test(headerOf(answer, 'content-type') ?? '');
  return isHtml && headerOf(answer, 'docker-distribution-api-version') === undefined;
}
