import type { ErrorCode, RegentError } from '../../../shared/errors/index.ts';
import { patience } from '../limits.ts';

/** What happens to a download that has begun, and passes. A connection that is damaged on its way fails as TLS. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'CONNECTION_FAILED',
  'CONNECTION_TIMEOUT',
  'CONNECTION_REFUSED',
  'HOST_UNKNOWN',
  'TLS_FAILED',
  'RATE_LIMITED',
]);

/** Whether a download that has begun may go on after this. */
export function isResumable(failure: RegentError): boolean {
  const { code, data } = failure;
  if (code === 'REGISTRY_ERROR') return 'status' in data && data.status >= 500;
  return PASSING.has(code) && askedPause(failure) <= patience.retryAfter;
}

/**
 * How long to wait before going on, in milliseconds; undefined when it is time to give up.
 * @param fruitless how many tries in a row got no further
 * @param failure what ended the last one; undefined where it just ended too early
 */
export function pauseBeforeResuming(
  fruitless: number,
  failure: RegentError | undefined,
): number | undefined {
  const pause = patience.resume[fruitless];
  return pause === undefined ? undefined : Math.max(pause, failure ? askedPause(failure) : 0);
}

/** What the server asked for itself. */
function askedPause({ code, data }: RegentError): number {
  return code === 'RATE_LIMITED' && 'seconds' in data ? data.seconds * 1000 : 0;
}
