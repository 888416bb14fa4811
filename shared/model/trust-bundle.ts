import * as z from 'zod';
import { addressSchema } from './address.ts';
import { sha256Schema } from './certificate.ts';

/** Longest text of a bundle that is looked at, in characters. */
export const trustBundleLimit = 262_144;

/**
 * A `.regent.json` file: the trust in one registry on its way to another machine. The shape only: whether each
 * fingerprint belongs to its certificate is found out by who reads it, and a person compares them before
 * anything is trusted.
 */
export const trustBundleSchema = z
  .strictObject({
    regent: z.literal('trust-bundle'),
    version: z.literal(1),
    address: addressSchema,
    /** `insecure`: the server speaks plain HTTP, and there is no certificate. */
    kind: z.enum(['ca', 'leaf', 'insecure']),
    certificates: z
      .array(
        z
          .strictObject({
            sha256: sha256Schema,
            /** One PEM block as Regent writes it: LF line ends, nothing around it. */
            pem: z.string().max(65_536),
          })
          .readonly(),
      )
      .max(16)
      .readonly(),
    /** ISO 8601, UTC. */
    createdAt: z.iso.datetime(),
  })
  .readonly();

/** See {@link trustBundleSchema}. */
export type TrustBundle = z.infer<typeof trustBundleSchema>;
