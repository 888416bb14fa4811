import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';

/** A registry that the user has added. */
export const registrySchema = z
  .object({
    address: z.string(),
    scheme: z.enum(['https', 'http']),
    addedAt: z.string(),
    /** True for the embedded demo registry, which ends with Regent. */
    demo: z.boolean(),
  })
  .readonly();

/** How a registry stands now, as Regent's own client sees it with verified TLS. */
export const registryStatusSchema = z
  .object({
    address: z.string(),
    state: z.enum(['ready', 'signed-out', 'untrusted', 'unreachable', 'problem']),
    /** The account in use; null when signed out or when none is asked for. */
    username: z.string().nullable(),
    problem: problemSchema.nullable(),
    /** `v1` is the API before today's, which Docker no longer speaks; null while it is not known. */
    api: z.enum(['v1', 'v2']).nullable(),
  })
  .readonly();

export type Registry = z.infer<typeof registrySchema>;
export type RegistryStatus = z.infer<typeof registryStatusSchema>;
