import type { Problem } from '../errors/index.ts';
import { formatFingerprint } from '../model/fingerprint.ts';
import { formatDate } from './format.ts';
import type { Locale } from './locale.ts';
import type { MessageKey, Translator } from './translator.ts';

type Value = string | number | readonly string[];

/** A problem in words: what happened, why, and what mends it. */
export interface Explanation {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** Data that are times, ISO 8601; for people the day is enough. */
const DAYS: ReadonlySet<string> = new Set(['notAfter', 'notBefore']);

/** Data that are fingerprints of certificates; for people as openssl writes them, so that they can be compared. */
const FINGERPRINTS: ReadonlySet<string> = new Set(['sha256', 'expected', 'actual', 'presented']);

/** Puts a problem into words, from the catalogue keys `errors.<CODE>.what`, `.why` and `.fix`. */
export function explain(t: Translator, problem: Problem): Explanation {
  const say = speakerOf(t, problem);
  return { what: say('what'), why: say('why'), fix: say('fix') };
}

/**
 * The same for the window, where a way out that names a command of the terminal gives way to `errors.<CODE>.here`: it
 * says what mends the problem with what the window itself has.
 */
export function explainHere(t: Translator, problem: Problem): Explanation {
  const say = speakerOf(t, problem);
  const fix = t.has(`errors.${problem.code}.here`) ? 'here' : 'fix';
  return { what: say('what'), why: say('why'), fix: say(fix) };
}

function speakerOf(t: Translator, { code, data }: Problem): (part: string) => string {
  const values = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, forPeople(t.locale, name, value)]),
  );
  return (part) => t(`errors.${code}.${part}` as MessageKey, values);
}

function forPeople(locale: Locale, name: string, value: Value): Value {
  if (DAYS.has(name)) return formatDate(locale, String(value));
  if (!FINGERPRINTS.has(name)) return value;
  // A digest of an image, which begins with its algorithm, stays as it is.
  const write = (text: string) => (/^[0-9a-f]{64}$/.test(text) ? formatFingerprint(text) : text);
  if (typeof value === 'string') return write(value);
  return typeof value === 'number' ? value : value.map(write);
}
