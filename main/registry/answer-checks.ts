import { RegentError } from '../../shared/errors/index.ts';
import { codesOf, refusalOf } from './answer-errors.ts';
import type { AuthorizedAnswer } from './auth/authorizer.ts';
import type { Session } from './session.ts';
import type { HttpAnswer } from './transport/exchange.ts';

/** What a request was about, for the words of its error. */
export type Subject =
  | { readonly kind: 'registry' }
  | { readonly kind: 'repository'; readonly repository: string }
  | { readonly kind: 'manifest'; readonly repository: string; readonly reference: string }
  | { readonly kind: 'blob'; readonly repository: string; readonly digest: string };

type Place = Pick<Session, 'address' | 'clock'>;

/**
 * The answer if it is good.
 * @throws RegentError what the refusal means: `SIGN_IN_REQUIRED`, `CREDENTIALS_REJECTED`, `ACCESS_DENIED`,
 *   `REPOSITORY_NOT_FOUND`, `TAG_NOT_FOUND`, `BLOB_NOT_FOUND`, `RATE_LIMITED` or `REGISTRY_ERROR`
 */
export function expectOk(result: AuthorizedAnswer, subject: Subject, place: Place): HttpAnswer {
  const { answer } = result;
  if (answer.status === 200) return answer;
  if (answer.status === 401 || answer.status === 403) throw deniedError(result, subject, place);
  const missing = answer.status === 404 ? missingError(answer, subject, place) : undefined;
  throw missing ?? refusalOf(answer, place.address, place.clock);
}

function deniedError(result: AuthorizedAnswer, subject: Subject, { address }: Place): RegentError {
  const { answer, username, said, wasChallenged } = result;
  if (username === null && (answer.status === 401 || wasChallenged)) {
    return new RegentError('SIGN_IN_REQUIRED', { address });
  }
  // Where a token server has taken the password, this is about rights.
  if (username !== null && said === 'refused') {
    return new RegentError('CREDENTIALS_REJECTED', { address, username });
  }
  const name = subject.kind === 'registry' ? address : subject.repository;
  return new RegentError('ACCESS_DENIED', { address, subject: name });
}

function missingError(
  answer: HttpAnswer,
  subject: Subject,
  { address }: Place,
): RegentError | undefined {
  if (subject.kind === 'registry') return undefined;
  const { repository } = subject;
  if (subject.kind === 'repository' || codesOf(answer).includes('NAME_UNKNOWN')) {
    return new RegentError('REPOSITORY_NOT_FOUND', { address, repository });
  }
  if (subject.kind === 'blob') {
    return new RegentError('BLOB_NOT_FOUND', { address, repository, digest: subject.digest });
  }
  const mark = subject.reference.includes(':') ? '@' : ':';
  const reference = `${address}/${repository}${mark}${subject.reference}`;
  return new RegentError('TAG_NOT_FOUND', { reference });
}
