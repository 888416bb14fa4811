import { RegentError } from '../../../shared/errors/index.ts';
import { expectOk, type Subject } from '../answer-checks.ts';
import type { AuthorizedAnswer, Authorizer } from '../auth/authorizer.ts';
import type { Session } from '../session.ts';
import type { HttpAnswer } from '../transport/exchange.ts';
import { fetchIndexToken } from './index-token.ts';
import type { Recognising } from './recognise.ts';
import { isStandalone } from './standalone.ts';

/** A question to a registry of the first generation. */
interface Question {
  /** Behind `/v1/`. */
  readonly path: string;
  readonly subject: Subject;
  /** Bytes of a good answer that are taken at most, unless it is wanted as a stream. */
  readonly limit: number;
  readonly streams?: true;
  readonly signal: AbortSignal;
}

/** Asks it, and takes only a good answer. @throws RegentError as of `expectOk`, and the usual ones */
export type Ask = (question: Question) => Promise<HttpAnswer>;

/**
 * Makes the way of asking a registry of the first generation. One that does not stand alone wants a token for each
 * repository, which the index gives for the login; it is shown to this registry only.
 */
export function createAsk(
  session: Session,
  authorizer: Authorizer,
  firstPong: Recognising['firstPong'],
): Ask {
  const tokens = new Map<string, string | null>();
  const tokenFor = async (subject: Subject, signal: AbortSignal): Promise<string | null> => {
    const pong = firstPong();
    if (subject.kind === 'registry' || !pong || isStandalone(pong.answer)) return null;
    const { repository } = subject;
    const known = tokens.get(repository);
    if (known !== undefined) return known;
    const token = await fetchIndexToken(session, authorizer, repository, signal);
    tokens.set(repository, token);
    return token;
  };
  const send = async ({ path, subject, signal, ...wish }: Question): Promise<AuthorizedAnswer> => {
    const token = await tokenFor(subject, signal);
    return authorizer({
      route: subject.kind === 'registry' ? 'catalog' : 'repository',
      scope: null,
      url: new URL(`/v1/${path}`, session.origin),
      accept: 'application/json, */*;q=0.5',
      ...(token === null ? {} : { headers: { authorization: `Token ${token}` } }),
      ...wish,
      signal,
    });
  };
  return async (question) => {
    const { subject } = question;
    const result = await send(question).catch((error: unknown) => {
      if (subject.kind === 'registry' || !isTokenRefused(error)) throw error;
      // Tokens end; the next one shows whether it was that.
      tokens.delete(subject.repository);
      return send(question);
    });
    return expectOk(result, subject, session);
  };
}

/** A challenge with `Token`, to which no login is an answer. */
function isTokenRefused(error: unknown): boolean {
  return error instanceof RegentError && error.code === 'AUTH_UNSUPPORTED';
}
