import type { Clock } from '../../platform/clock.ts';
import { patience } from '../limits.ts';
import { isTransient } from './connection-errors.ts';
import { type Exchange, type HttpAnswer, headerOf } from './exchange.ts';

/** Waits, or rejects when the signal fires. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const BUSY: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Sends a request up to three times: after a broken connection, after 502, 503 and 504, and after 429 when
 * the server says how long to wait. A `Retry-After` beyond ten seconds is not waited for.
 */
export function withRetries(exchange: Exchange, wait: Wait, clock: Clock): Exchange {
  return async (request) => {
    for (const backoff of patience.backoff) {
      const attempt = await exchange(request).catch((error: unknown) => ({ error }));
      if ('error' in attempt) {
        if (!isTransient(attempt.error) || request.signal.aborted) throw attempt.error;
        await wait(backoff, request.signal);
      } else {
        const pause = pauseAfter(attempt, backoff, clock);
        if (pause === undefined) return attempt;
        await wait(pause, request.signal);
      }
    }
    return exchange(request);
  };
}

/** What `Retry-After` asks for, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function readRetryAfter(answer: HttpAnswer, clock: Clock): number | undefined {
  const value = headerOf(answer, 'retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - clock.now());
}

function pauseAfter(answer: HttpAnswer, backoff: number, clock: Clock): number | undefined {
  const asked = readRetryAfter(answer, clock);
  const isRepeatable = BUSY.has(answer.status) || (answer.status === 429 && asked !== undefined);
  const pause = asked ?? backoff;
  return isRepeatable && pause <= patience.retryAfter ? pause : undefined;
}
