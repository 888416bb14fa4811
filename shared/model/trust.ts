import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';
import { certificateSchema, sha256Schema } from './certificate.ts';
import { changeSchema } from './change.ts';
import { consumerIdSchema, effectSchema, noteSchema } from './consumer.ts';

/**
 * What is trusted: an issuer, lasting over renewals; one certificate until its renewal; a server that speaks
 * plain HTTP. `mend`: nothing new, but something that hid or broke an earlier trust is put out of the way.
 */
const trustKindSchema = z.enum(['ca', 'leaf', 'insecure', 'mend']);

/** A certificate by which the user shows the registry who they are. Its key is never shown. */
const clientCertificateSchema = z
  .object({ sha256: sha256Schema, subject: z.string(), notAfter: z.string() })
  .readonly();

/** What trusting means for one consumer. */
const consumerPlanSchema = z
  .object({
    id: consumerIdSchema,
    /**
     * `not-needed`: it accepts the server as it is (a loopback address, or trusted already). `blocked`: it can't
     * be done there; `problem` says why.
     */
    status: z.enum(['to-do', 'already', 'not-needed', 'blocked']),
    changes: z.array(changeSchema).readonly(),
    /** Whether the change needs the administrator's password. */
    elevated: z.boolean(),
    effect: effectSchema,
    /** Whether the consumer sees the change without anybody restarting anything. */
    live: z.boolean(),
    /** See `consumerFacts`. */
    ranHere: z.boolean(),
    notes: z.array(noteSchema).readonly(),
    problem: problemSchema.nullable(),
  })
  .readonly();

/** The exact changes, before they happen. */
export const trustPlanSchema = z
  .object({
    planId: z.string(),
    address: z.string(),
    kind: trustKindSchema,
    /** Null where no certificate is trusted: `insecure`, `mend`. */
    certificate: certificateSchema.nullable(),
    client: clientCertificateSchema.nullable(),
    /** Certificates of earlier trusts of this address, which go once this one is in place. */
    replaces: z.array(certificateSchema).readonly(),
    consumers: z.array(consumerPlanSchema).readonly(),
    /** The same changes as shell commands, for an administrator to read or run by hand. */
    script: z.string(),
  })
  .readonly();

/** What became of one consumer. */
const consumerResultSchema = z
  .object({
    id: consumerIdSchema,
    status: z.enum(['applied', 'already', 'not-needed', 'blocked', 'failed']),
    changes: z.array(changeSchema).readonly(),
    effect: effectSchema,
    live: z.boolean(),
    notes: z.array(noteSchema).readonly(),
    problem: problemSchema.nullable(),
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

/** The answer to an applied plan. */
export const trustResultSchema = z
  .object({
    address: z.string(),
    kind: trustKindSchema,
    /** Null where no certificate was trusted. */
    sha256: sha256Schema.nullable(),
    consumers: z.array(consumerResultSchema).readonly(),
    /** What went with the earlier trusts that this one replaces. */
    reverted: z.array(revertedSchema).readonly(),
  })
  .readonly();

/** A trust that was made and can be undone. */
export const trustEntrySchema = z
  .object({
    address: z.string(),
    kind: trustKindSchema,
    certificate: certificateSchema.nullable(),
    client: clientCertificateSchema.nullable(),
    consumers: z.array(consumerIdSchema).readonly(),
    files: z.array(z.string()).readonly(),
    trustedAt: z.string(),
    /** Whether the certificate ends within 30 days, or has ended. */
    expiry: z.enum(['fine', 'soon', 'expired']),
    /** Whole days until then, negative afterwards; null without a certificate. */
    daysLeft: z.number().int().nullable(),
    /** What is no longer as Regent left it; empty when all is. */
    drift: z
      .array(
        z
          .object({
            consumer: consumerIdSchema,
            path: z.string(),
            state: z.enum(['missing', 'changed', 'unfinished']),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

/** The way back, before it is taken. */
export const revokePlanSchema = z
  .object({
    /** Null for every trust there is. */
    address: z.string().nullable(),
    changes: z
      .array(z.object({ consumer: consumerIdSchema, change: changeSchema }).readonly())
      .readonly(),
    elevated: z.boolean(),
    script: z.string(),
  })
  .readonly();

/** Something that hides, breaks or weakens trust, left by an earlier attempt. Words: `common.mess.<kind>`. */
export const messSchema = z
  .object({
    id: z.string(),
    address: z.string(),
    consumer: consumerIdSchema,
    /**
     * `misnamed`: a CA under a name that is not read as one. `unreadable`: DER, a byte order mark, or no
     * certificate at all. `hidden-by-folder`, `hidden-by-hosts-toml`: the right one is not looked at.
     * `needlessly-insecure`: listed as insecure although it has verified TLS. `dangling`: a broken link.
     * `half-a-pair`: a client certificate without its key, or the other way round, with which engines fail.
     */
    kind: z.enum([
      'misnamed',
      'unreadable',
      'hidden-by-folder',
      'hidden-by-hosts-toml',
      'needlessly-insecure',
      'dangling',
      'half-a-pair',
    ]),
    path: z.string(),
    /** Whether Regent can mend it. */
    mendable: z.boolean(),
  })
  .readonly();

/** Forms in which a trust can be taken to other machines. */
export const exportFormatSchema = z.enum([
  'shell',
  'cloud-init',
  'ansible',
  'kubernetes',
  'dockerfile',
  'bundle',
]);

/** One file of an export. `path` is relative; `mode` is octal text. */
export const exportedFileSchema = z
  .object({ path: z.string(), mode: z.string(), content: z.string() })
  .readonly();

export type TrustKind = z.infer<typeof trustKindSchema>;
export type ClientCertificate = z.infer<typeof clientCertificateSchema>;
export type ConsumerPlan = z.infer<typeof consumerPlanSchema>;
export type TrustPlan = z.infer<typeof trustPlanSchema>;
export type ConsumerResult = z.infer<typeof consumerResultSchema>;
export type TrustResult = z.infer<typeof trustResultSchema>;
export type TrustEntry = z.infer<typeof trustEntrySchema>;
export type Reverted = z.infer<typeof revertedSchema>;
export type RevokePlan = z.infer<typeof revokePlanSchema>;
export type Mess = z.infer<typeof messSchema>;
export type ExportFormat = z.infer<typeof exportFormatSchema>;
export type ExportedFile = z.infer<typeof exportedFileSchema>;
