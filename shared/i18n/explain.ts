import type { Problem } from '../errors/index.ts';
import type { MessageKey, Translator } from './translator.ts';

/** A problem in words: what happened, why, and what mends it. */
export interface Explanation {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** Puts a problem into words, from the catalogue keys `errors.<CODE>.what`, `.why` and `.fix`. */
export function explain(t: Translator, problem: Problem): Explanation {
  const say = (part: string) => t(`errors.${problem.code}.${part}` as MessageKey, problem.data);
  return { what: say('what'), why: say('why'), fix: say('fix') };
}
