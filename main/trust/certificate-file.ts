/** The name of Regent's own file for a certificate, so that nobody else's is ever written over. */
export function certificateFileName(sha256: string, suffix: 'crt' | 'pem'): string {
  return `regent-${sha256.slice(0, 16)}.${suffix}`;
}
