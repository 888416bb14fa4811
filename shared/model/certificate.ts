import * as z from 'zod';

export { formatFingerprint, parseFingerprint } from './fingerprint.ts';

/** SHA-256 of a certificate's DER bytes: 64 lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What a person needs to know of one X.509 certificate. Times are ISO 8601 in UTC. */
export const certificateSchema = z
  .object({
    sha256: sha256Schema,
    /** Distinguished names in one line, most specific part first. */
    subject: z.string(),
    issuer: z.string(),
    dnsNames: z.array(z.string()).readonly(),
    ipAddresses: z.array(z.string()).readonly(),
    notBefore: z.string(),
    notAfter: z.string(),
    isCa: z.boolean(),
    selfIssued: z.boolean(),
    /** For people: `RSA 2048`, `EC P-256`, `Ed25519`. */
    keyType: z.string(),
    /** For people: `SHA256-RSA`, `ECDSA-SHA256`, `Ed25519`. */
    signature: z.string(),
    /** One PEM block, LF line ends. */
    pem: z.string(),
  })
  .readonly();

/** See {@link certificateSchema}. */
export type Certificate = z.infer<typeof certificateSchema>;
