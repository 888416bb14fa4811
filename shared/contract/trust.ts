import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { certificateSchema, sha256Schema } from '../model/certificate.ts';
import { consumerIdSchema, foundConsumerSchema, proofSchema } from '../model/consumer.ts';
import {
  exportedFileSchema,
  exportFormatSchema,
  messSchema,
  revertedSchema,
  revokePlanSchema,
  trustEntrySchema,
  trustPlanSchema,
  trustResultSchema,
} from '../model/trust.ts';
import { procedure } from './procedure.ts';

const target = z.object({ address: addressSchema });
const consumers = z.array(consumerIdSchema).max(32).optional();
const path = z.string().min(1).max(4096);
/** Opens a PKCS#12 file or an encrypted key. */
const password = z.string().max(1024).optional();

/** Without `address` every trust there is; without `consumers` for all of them. */
const undoing = z.object({ address: addressSchema.optional(), consumers });

/** Trust: consumers, plan, apply, proof, undo, mend, export. */
export const trustContract = {
  /** The consumers that are on this machine. */
  consumers: procedure.output(z.array(foundConsumerSchema)),
  /**
   * Plans trust in one certificate: of the chain that the last probe of this address saw, of the bundle in
   * `pem`, or of the file `authority` in any usual form. Without `consumers`, for the preselected ones. The
   * plan holds the very bytes to be written.
   */
  plan: procedure
    .input(
      target.extend({
        sha256: sha256Schema.optional(),
        pem: z.string().max(1_048_576).optional(),
        /** Where `pem` came from, such as a file's path; for the words of an error only. */
        source: path.optional(),
        authority: z.object({ path, password }).optional(),
        /** A certificate to show the registry, with its key; both may be in one PKCS#12 file. */
        client: z.object({ certificate: path, key: path, password }).optional(),
        /** Allows plain HTTP instead; only for a server that speaks nothing else. */
        insecure: z.boolean().optional(),
        /** Whether earlier trusts of this address go once this one is in place. */
        replace: z.boolean().optional(),
        consumers,
      }),
    )
    .output(trustPlanSchema),
  /** Applies a plan after the door's own confirmation; each plan can be applied once. */
  apply: procedure.input(z.object({ planId: z.string() })).output(trustResultSchema),
  /** Asks each consumer itself, for each way in. Without `consumers`, those that were trusted for. */
  proof: procedure
    .input(target.extend({ consumers }))
    .output(z.object({ address: z.string(), proof: z.array(proofSchema) })),
  list: procedure.output(z.array(trustEntrySchema)),
  /** What undoing would change. */
  planRevoke: procedure.input(undoing).output(revokePlanSchema),
  /** Puts back the exact state from before. */
  revoke: procedure
    .input(undoing)
    .output(z.object({ address: z.string().nullable(), reverted: z.array(revertedSchema) })),
  /** Leftovers of earlier attempts that hide or break trust, of one registry or all. */
  messes: procedure
    .input(z.object({ address: addressSchema.optional() }))
    .output(z.array(messSchema)),
  /** Plans to mend one of them; applied like any plan, undone with the address's trust. */
  planMend: procedure.input(z.object({ messId: z.string() })).output(trustPlanSchema),
  /** The trust in one address, for other machines. */
  export: procedure
    .input(target.extend({ format: exportFormatSchema }))
    .output(z.object({ files: z.array(exportedFileSchema) })),
  /** Saves an export where the user says in a dialog of the system; null when they dismissed it. */
  saveExport: procedure
    .input(target.extend({ format: exportFormatSchema }))
    .output(z.object({ path: z.string().nullable() })),
  /** Reads a `.regent.json` bundle from another machine; trusts nothing. */
  readBundle: procedure.input(z.object({ text: z.string().max(1_048_576) })).output(
    z.object({
      address: z.string(),
      kind: z.enum(['ca', 'leaf', 'insecure']),
      certificates: z.array(certificateSchema),
    }),
  ),
  /** Lets the user pick a file in a dialog of the system; null when they dismissed it. */
  chooseFile: procedure
    .input(z.object({ purpose: z.enum(['authority', 'client-certificate', 'client-key']) }))
    .output(z.object({ path: z.string().nullable() })),
};
