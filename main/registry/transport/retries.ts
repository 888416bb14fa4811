import type { Clock } from '../../platform/clock.ts';
import { patience } from '../limits.ts';
import { isTransient } from './connection-errors.ts';
import { type Exchange, type HttpAnswer, type HttpRequest, headerOf } from './exchange.ts';

/** Waits, or rejects when the signal fires. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const BUSY: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Sends a request up to three times: after a broken connection, after 502, 503 and 504, and after 429 when
 * the server says how long to wait. A `Retry-After` beyond ten seconds is not waited for. A POST or PATCH is sent again
 * only after an answer that says so itself: a server may have used what was in it before the connection broke.
 */
export function withRetries(exchange: Exchange, wait: Wait, clock: Clock): Exchange {
  return async (request) => {
    for (const backoff of patience.backoff) {
      const attempt = await exchange(request).catch((error: unknown) => ({ error }));
      if ('error' in attempt) {
        const isRepeatable = isIdempotent(request) && isTransient(attempt.error);
        if (!isRepeatable || request.signal.aborted) throw attempt.error;
        await wait(backoff, request.signal);
      } else {
        const pause = pauseAfter(request, attempt, backoff, clock);
        if (pause === undefined) return attempt;
        await wait(pause, request.signal);
      }
    }
    return exchange(request);
  };
}

/**
 * What `Retry-After` asks for, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). Docker Hub's web API says
 * it as seconds since 1970, in `X-Retry-After`.
 */
export function readRetryAfter(answer: HttpAnswer, clock: Clock): number | undefined {
  const hubs = headerOf(answer, 'x-retry-after')?.trim() ?? '';
  if (/^\d{10,11}$/.test(hubs)) return Math.max(0, Number(hubs) * 1000 - clock.now());
  const value = headerOf(answer, 'retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - clock.now());
}

/** Whether doing it twice is as good as once (RFC 9110, 9.2.2). */
const isIdempotent = ({ method }: HttpRequest) => method !== 'POST' && method !== 'PATCH';

function pauseAfter(
  request: HttpRequest,
  answer: HttpAnswer,
  backoff: number,
  clock: Clock,
): number | undefined {
  if (answer.status < 400) return undefined;
  const asked = readRetryAfter(answer, clock);
  const isTurnedAway = asked !== undefined && [429, 503].includes(answer.status);
  const isRepeatable = isTurnedAway || (isIdempotent(request) && BUSY.has(answer.status));
  const pause = asked ?? backoff;
  return isRepeatable && pause <= patience.retryAfter ? pause : undefined;
}
