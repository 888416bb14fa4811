import * as z from 'zod';
import { problemSchema } from '../errors/index.ts';
import { certificateSchema, sha256Schema } from './certificate.ts';

/** Programs that must trust a registry. `regent` is Regent's own client. */
export const consumerIdSchema = z.enum(['regent', 'docker-engine']);

/** One exact change on disk, as it will be made. `path` is absolute; `mode` is octal text. */
const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create-directory'), path: z.string(), mode: z.string() }).readonly(),
  z
    .object({
      kind: z.literal('write-file'),
      path: z.string(),
      mode: z.string(),
      content: z.string(),
    })
    .readonly(),
]);

/** What trusting means for one consumer. */
const consumerPlanSchema = z
  .object({
    id: consumerIdSchema,
    /** `not-needed`: it accepts the server as it is (a loopback address, or trusted already). */
    status: z.enum(['to-do', 'already', 'not-needed']),
    changes: z.array(changeSchema).readonly(),
    /** Whether the change needs the administrator's password. */
    elevated: z.boolean(),
    /** Whether the consumer sees the change without reload or restart. */
    live: z.boolean(),
  })
  .readonly();

/** The exact changes, before they happen. */
export const trustPlanSchema = z
  .object({
    planId: z.string(),
    address: z.string(),
    kind: z.enum(['ca', 'leaf']),
    certificate: certificateSchema,
    consumers: z.array(consumerPlanSchema).readonly(),
    /** The same changes as shell commands, for an administrator to read or run by hand. */
    script: z.string(),
  })
  .readonly();

/** What became of one consumer. */
const consumerResultSchema = z
  .object({
    id: consumerIdSchema,
    status: z.enum(['applied', 'already', 'not-needed', 'failed']),
    changes: z.array(changeSchema).readonly(),
    live: z.boolean(),
    problem: problemSchema.nullable(),
  })
  .readonly();

/** The answer to an applied plan. */
export const trustResultSchema = z
  .object({
    address: z.string(),
    sha256: sha256Schema,
    consumers: z.array(consumerResultSchema).readonly(),
  })
  .readonly();

/** What a consumer itself says: Docker Engine reads trust differently for signing in and for pulling. */
export const proofSchema = z
  .object({
    consumer: consumerIdSchema,
    way: z.enum(['sign-in', 'pull']),
    /** `not-proven`: the consumer would accept anything there (loopback), or no engine runs. */
    outcome: z.enum(['proven', 'refused', 'not-proven']),
    /** Why it was refused or is not proven. */
    problem: problemSchema.nullable(),
    reason: z.enum(['loopback', 'no-engine', 'remote-engine', 'insecure-registry']).nullable(),
    /** The consumer's own words, to be shown as a quotation. */
    detail: z.string(),
  })
  .readonly();

/** A trust that was made and can be undone. */
export const trustEntrySchema = z
  .object({
    address: z.string(),
    kind: z.enum(['ca', 'leaf']),
    certificate: certificateSchema,
    consumers: z.array(consumerIdSchema).readonly(),
    files: z.array(z.string()).readonly(),
    trustedAt: z.string(),
  })
  .readonly();

/** One undone change. `kept`: somebody else's part stays. */
export const revertedSchema = z
  .object({
    consumer: consumerIdSchema,
    path: z.string(),
    action: z.enum(['removed', 'restored', 'gone', 'kept']),
  })
  .readonly();

export type ConsumerId = z.infer<typeof consumerIdSchema>;
export type Change = z.infer<typeof changeSchema>;
export type ConsumerPlan = z.infer<typeof consumerPlanSchema>;
export type TrustPlan = z.infer<typeof trustPlanSchema>;
export type ConsumerResult = z.infer<typeof consumerResultSchema>;
export type TrustResult = z.infer<typeof trustResultSchema>;
export type Proof = z.infer<typeof proofSchema>;
export type TrustEntry = z.infer<typeof trustEntrySchema>;
export type Reverted = z.infer<typeof revertedSchema>;
