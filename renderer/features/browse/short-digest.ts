/** The first twelve digits of a digest, as docker prints an id; the whole digest is shown on request. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}
