import { createHash } from 'node:crypto';

/** SHA-256 of a certificate's DER bytes, lower-case hexadecimal. */
export function sha256Of(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}
