import type { Clock } from '../../main/platform/clock.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  /** Moves the time on. */
  advance(milliseconds: number): void;
}

/** Makes a clock that shows 2026-01-02 03:04:05 UTC. */
export function createFakeClock(): FakeClock {
  let time = Date.UTC(2026, 0, 2, 3, 4, 5);
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
