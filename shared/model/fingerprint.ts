import { RegentError } from '../errors/regent-error.ts';

/**
 * Writes a SHA-256 the way `openssl x509 -fingerprint` does: `4F:9A:…`. It stands in a file of its own, so that
 * small programs can put errors into words without loading zod.
 */
export function formatFingerprint(sha256: string): string {
  return (sha256.toUpperCase().match(/../g) ?? []).join(':');
}

/**
 * Reads a SHA-256 fingerprint as people paste it: with or without colons, spaces, `SHA256:` or openssl's
 * `sha256 Fingerprint=` before it, in either case.
 * @throws RegentError `FINGERPRINT_INVALID`
 */
export function parseFingerprint(input: string): string {
  const digits = input
    .trim()
    .replace(/^sha-?256\s*(fingerprint)?\s*[:=]?\s*/i, '')
    .replace(/[\s:-]/g, '')
    .toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits)) throw new RegentError('FINGERPRINT_INVALID', { input });
  return digits;
}
