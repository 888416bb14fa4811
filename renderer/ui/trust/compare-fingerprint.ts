import { parseFingerprint } from '../../../shared/model/fingerprint.ts';

/** What a fingerprint that somebody was given says about the certificate at hand. */
export type Comparison = 'none' | 'unreadable' | 'match' | 'other' | 'mismatch';

/**
 * Compares what was typed with the certificate to be trusted and with the others of its chain. `other`: it
 * belongs to another certificate that the server showed.
 */
export function compareFingerprint(
  typed: string,
  sha256: string,
  others: readonly string[],
): Comparison {
  if (typed.trim() === '') return 'none';
  const given = readFingerprint(typed);
  if (given === undefined) return 'unreadable';
  if (given === sha256) return 'match';
  return others.includes(given) ? 'other' : 'mismatch';
}

/** The fingerprint in a text; undefined when there is none. */
export function readFingerprint(typed: string): string | undefined {
  try {
    return parseFingerprint(typed);
  } catch {
    return undefined;
  }
}

/** Whether trust may go on after a comparison: nothing was given, or it matches. */
export function allowsTrust(comparison: Comparison): boolean {
  return comparison === 'none' || comparison === 'match';
}
