import { RegentError } from '../../shared/errors/index.ts';
import { expectOk, type Subject } from './answer-checks.ts';
import type { AuthorizedAnswer } from './auth/authorizer.ts';
import type { Session } from './session.ts';
import type { HttpAnswer } from './transport/exchange.ts';

/**
 * The answer to a request that changes something, if it has one of these statuses.
 * @throws RegentError as of {@link expectOk}; `REGISTRY_RESPONSE_INVALID` for another good status
 */
export function expectStatus(
  result: AuthorizedAnswer,
  wanted: readonly number[],
  subject: Subject,
  session: Pick<Session, 'address' | 'clock'>,
): HttpAnswer {
  const { answer } = result;
  if (wanted.includes(answer.status)) return answer;
  if (answer.status >= 400) return expectOk(result, subject, session);
  const detail = `HTTP status ${answer.status}`;
  throw new RegentError('REGISTRY_RESPONSE_INVALID', { address: session.address, detail });
}
