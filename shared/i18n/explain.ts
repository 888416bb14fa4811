import type { Problem } from '../errors/index.ts';
import { formatDate } from './format.ts';
import type { MessageKey, Translator } from './translator.ts';

/** A problem in words: what happened, why, and what mends it. */
export interface Explanation {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** Data that are times, ISO 8601; for people the day is enough. */
const DAYS: ReadonlySet<string> = new Set(['notAfter', 'notBefore']);

/** Puts a problem into words, from the catalogue keys `errors.<CODE>.what`, `.why` and `.fix`. */
export function explain(t: Translator, problem: Problem): Explanation {
  const values = Object.fromEntries(
    Object.entries(problem.data).map(([name, value]) => [
      name,
      DAYS.has(name) ? formatDate(t.locale, String(value)) : value,
    ]),
  );
  const say = (part: string) => t(`errors.${problem.code}.${part}` as MessageKey, values);
  return { what: say('what'), why: say('why'), fix: say('fix') };
}
