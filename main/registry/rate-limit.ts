import type { Clock } from '../platform/clock.ts';
import { type HttpAnswer, headerOf } from './transport/exchange.ts';

/** How much a registry still lets somebody ask for. */
export interface RateLimit {
  /** How many in a window; null when it is not said. */
  readonly limit: number | null;
  readonly remaining: number;
  /** Length of the window in seconds; null when it is not said. */
  readonly window: number | null;
  /** When there is more again (milliseconds since 1970); null when it is not said. */
  readonly resetsAt: number | null;
}

/**
 * Reads what answers say of their rate limit: Docker Hub's registry (`RateLimit-Remaining: 76;w=21600`), its web API and
 * GitHub (`X-RateLimit-Remaining`, with `-Reset` as seconds since 1970), and GitLab and others after the IETF's draft
 * (`RateLimit-Reset` in seconds from now). Null where there is none, or none that makes sense.
 */
export function rateLimitOf(
  answer: Pick<HttpAnswer, 'rawHeaders'>,
  clock: Clock,
): RateLimit | null {
  const read = (name: string) =>
    headerOf(answer, `ratelimit-${name}`) ?? headerOf(answer, `x-ratelimit-${name}`);
  const limit = read('limit');
  const remaining = numberIn(read('remaining'));
  if (remaining === null) return null;
  const reset = numberIn(read('reset'));
  return {
    limit: numberIn(limit),
    remaining,
    window: windowIn(limit) ?? windowIn(read('remaining')),
    resetsAt: reset === null ? null : timeOf(reset, clock.now()),
  };
}

function numberIn(text: string | undefined): number | null {
  const digits = /^\s*(\d{1,12})\s*(?:[;,]|$)/.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function windowIn(text: string | undefined): number | null {
  const digits = /;\s*w=(\d{1,9})\s*(?:[;,]|$)/i.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Seconds since 1970, or from now on: no window is as long as thirty years. */
function timeOf(seconds: number, now: number): number {
  return seconds > 1_000_000_000 ? seconds * 1000 : now + seconds * 1000;
}
