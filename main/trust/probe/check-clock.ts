import { type Problem, problem } from '../../../shared/errors/index.ts';
import { headerLines } from '../../../shared/model/www-authenticate.ts';
import { assess } from '../verify/assess.ts';
import type { Pool } from '../verify/pool.ts';
import type { Presented } from '../verify/verify-chain.ts';
import type { Answer } from './ask.ts';

/** Clocks this far apart are still called the same, in milliseconds. */
const TOLERANCE = 5 * 60_000;

/** What a clock is judged by. */
export interface ClockCase {
  readonly address: string;
  readonly presented: Presented;
  readonly roots: Pool;
  /** This machine's clock, milliseconds since 1970. */
  readonly now: number;
}

/**
 * Where a certificate is not valid at this time: whether the server's own clock, which its answer tells, says
 * another time (RFC 9110, 6.6.1). Which of the two is wrong, nobody can know from here.
 */
export function checkClock({ rawHeaders }: Answer, clockCase: ClockCase): Problem | undefined {
  const { address, presented, roots, now } = clockCase;
  const there = Date.parse(headerLines(rawHeaders, 'date')[0] ?? '');
  if (Number.isNaN(there) || Math.abs(there - now) <= TOLERANCE) return undefined;
  const { verdict } = assess(presented, address, roots, there);
  const byServer = verdict === 'expired' || verdict === 'not-yet-valid' ? 'invalid' : 'valid';
  const [hereText, thereText] = [now, there].map((time) => new Date(time).toISOString());
  return problem('CLOCK_DIFFERS', {
    ...{ address, here: hereText ?? '', there: thereText ?? '', byServer },
  });
}
