import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { sha256Schema } from '../model/certificate.ts';
import {
  consumerIdSchema,
  proofSchema,
  revertedSchema,
  trustEntrySchema,
  trustPlanSchema,
  trustResultSchema,
} from '../model/trust.ts';
import { procedure } from './procedure.ts';

const target = z.object({ address: addressSchema });

/** Trust: plan, apply, proof, undo. */
export const trustContract = {
  /**
   * Plans trust in one certificate of the chain that the last probe of this address saw, or of the bundle
   * in `pem`. Without `consumers`, those found on this machine. The plan holds the very bytes to be written.
   */
  plan: procedure
    .input(
      target.extend({
        sha256: sha256Schema.optional(),
        pem: z.string().max(1_048_576).optional(),
        /** Where `pem` came from, such as a file's path; for the words of an error only. */
        source: z.string().max(4096).optional(),
        consumers: z.array(consumerIdSchema).optional(),
      }),
    )
    .output(trustPlanSchema),
  /** Applies a plan after the door's own confirmation; each plan can be applied once. */
  apply: procedure.input(z.object({ planId: z.string() })).output(trustResultSchema),
  /** Asks each consumer itself whether it can sign in and pull. */
  proof: procedure
    .input(target)
    .output(z.object({ address: z.string(), proof: z.array(proofSchema) })),
  list: procedure.output(z.array(trustEntrySchema)),
  /** Puts back the exact state from before. */
  revoke: procedure
    .input(target)
    .output(z.object({ address: z.string(), reverted: z.array(revertedSchema) })),
};
