import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { answerPatience, patience } from '../limits.ts';

/** Why an answer takes too long; told apart by its code, as undici's errors are. */
class LateAnswer extends Error {
  constructor(readonly code: 'UND_ERR_HEADERS_TIMEOUT' | 'UND_ERR_BODY_TIMEOUT') {
    super(code);
  }
}

/**
 * Makes what is to be called with each note that comes before an answer (103 and others below 200). With each of them
 * undici begins anew to wait for the answer; here it counts from the first one after the request has been sent.
 * @returns what throws an error with a `code` of undici's when the answer is too late
 */
export function watchNotes({ method, body }: Dispatcher.DispatchOptions): () => void {
  const isSending = () => body instanceof Readable && !body.readableEnded;
  let since: number | undefined;
  return () => {
    const now = performance.now();
    if (since === undefined || isSending()) since = now;
    if (now - since > answerPatience(method)) throw new LateAnswer('UND_ERR_HEADERS_TIMEOUT');
  };
}

/**
 * Makes what is to be called with each piece of a body that begins now: undici waits for each piece as long again.
 * @returns what throws an error with a `code` of undici's when the whole takes too long
 */
export function watchBody(): () => void {
  const since = performance.now();
  return () => {
    if (performance.now() - since > patience.wholeBody) {
      throw new LateAnswer('UND_ERR_BODY_TIMEOUT');
    }
  };
}
