import forge from 'node-forge';
import type { Made } from '../make-certificate.ts';

/** Puts an RSA pair into a PKCS#12 file. */
export function writePkcs12(
  made: Made,
  password: string | null,
  algorithm: 'aes256' | '3des' = 'aes256',
): Buffer {
  const key = forge.pki.privateKeyFromPem(made.keyPem);
  const certificate = forge.pki.certificateFromPem(made.pem);
  const options = { algorithm, count: 8 };
  const file = forge.pkcs12.toPkcs12Asn1(key, [certificate], password, options);
  return Buffer.from(forge.asn1.toDer(file).getBytes(), 'latin1');
}
