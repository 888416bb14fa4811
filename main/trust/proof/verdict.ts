import type { Problem } from '../../../shared/errors/index.ts';
import type { Proof, Way } from '../../../shared/model/consumer.ts';
import type { WayVerdict } from './proof-tools.ts';

/** What an answer says: no problem when that way in works. @param detail the program's own words */
export function answered(way: Way, problem: Problem | null, detail: string): WayVerdict {
  return { way, outcome: problem ? 'refused' : 'proven', problem, reason: null, detail };
}

/** What was not asked, and why. @param detail a command for a person, where there is one */
export function notProven(way: Way, reason: NonNullable<Proof['reason']>, detail = ''): WayVerdict {
  return { way, outcome: 'not-proven', problem: null, reason, detail };
}
