/** Time, handed to whoever needs it so that tests decide what it is. */
export interface Clock {
  /** Now, in milliseconds since 1970 (UTC). */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The clock's time as ISO 8601 in UTC. */
export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
