import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';

/** Programs that must trust a registry. `regent` is Regent's own client. */
export const consumerIdSchema = z.enum([
  'regent',
  'docker-engine',
  'docker-rootless',
  'docker-desktop',
  'rancher-desktop',
  'colima',
  'podman',
  'podman-root',
  'podman-machine',
  'containerd',
  'buildkit',
  'buildx',
  'k3s',
  'minikube',
  'kind',
  'system',
]);

/** Ways into a registry. A consumer may read trust separately for each. */
export const waySchema = z.enum(['sign-in', 'pull', 'push', 'build']);

/**
 * When a consumer sees a change: at its next request, after a reload or a restart of its daemon, in a builder
 * or a virtual machine made or started anew, or in each process started from then on.
 */
export const effectSchema = z.enum([
  'at-once',
  'reload',
  'restart',
  'new-processes',
  'new-builder',
  'next-start',
]);

/** One consumer on this machine. */
export const foundConsumerSchema = z
  .object({
    id: consumerIdSchema,
    /** What shows that it is there, such as the path of its program or of its settings. */
    evidence: z.string(),
    /** Whether it is trusted for unless the user says otherwise. */
    preselected: z.boolean(),
    /** Where it reads trust: a folder, a file or a store. */
    place: z.string(),
    /** Whether changes there need the administrator's password. */
    elevated: z.boolean(),
  })
  .readonly();

/** What a person should know about one consumer's part of a plan; the words are `common.note.<code>`. */
export const noteSchema = z
  .object({
    code: z.enum([
      'builds-remember',
      'key-hides-folder',
      'restart-command',
      'restart-stops-containers',
      'builder-command',
      'in-machine-command',
      'undo-in-machine',
      'every-server',
      'client-not-taken',
      'client-not-for-clients',
    ]),
    /** Fills the words. Commands are for a person to read, copy and run. */
    facts: z.record(z.string(), z.string()),
  })
  .readonly();

/** What a consumer itself says about one way in. */
export const proofSchema = z
  .object({
    consumer: consumerIdSchema,
    way: waySchema,
    /** `not-proven`: asking it would prove nothing or can't be done here; `reason` says why. */
    outcome: z.enum(['proven', 'refused', 'not-proven']),
    /** Why it was refused or is not proven. */
    problem: problemSchema.nullable(),
    reason: z
      .enum([
        'loopback',
        'no-engine',
        'remote-engine',
        'insecure-registry',
        'no-tool',
        'same-as-pull',
        'restart-first',
        'not-run-here',
      ])
      .nullable(),
    /** The consumer's own words, to be shown as a quotation. */
    detail: z.string(),
  })
  .readonly();

export type ConsumerId = z.infer<typeof consumerIdSchema>;
export type Way = z.infer<typeof waySchema>;
export type Effect = z.infer<typeof effectSchema>;
export type FoundConsumer = z.infer<typeof foundConsumerSchema>;
export type Note = z.infer<typeof noteSchema>;
export type Proof = z.infer<typeof proofSchema>;
