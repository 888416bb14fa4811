/**
 * Writes a SHA-256 the way `openssl x509 -fingerprint` does: `4F:9A:…`. It stands in a file of its own, so that
 * small programs can put errors into words without loading zod.
 */
export function formatFingerprint(sha256: string): string {
  return (sha256.toUpperCase().match(/../g) ?? []).join(':');
}
