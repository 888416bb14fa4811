import * as z from 'zod';
import { problemSchema } from '../errors/index.ts';

/** A login for one registry, without its secret. Times are ISO 8601. */
export const accountSchema = z
  .object({
    address: z.string(),
    username: z.string(),
    /** Where the secret is kept; `memory` is the demo account where there is no keychain. */
    source: z.enum(['keychain', 'memory']),
    updatedAt: z.string(),
  })
  .readonly();

/** State of the OS keychain. `name` is for people: `Secret Service`, `macOS Keychain`. */
export const keychainStatusSchema = z
  .object({
    state: z.enum(['ready', 'unavailable']),
    name: z.string(),
    problem: problemSchema.nullable(),
  })
  .readonly();

/** State of the credential helper: where it is installed and which registries are routed to it. */
export const helperStatusSchema = z
  .object({
    installed: z.boolean(),
    /** Path of the installed helper, null when it is not installed. */
    path: z.string().nullable(),
    configPath: z.string(),
    /** Addresses that config.json routes to Regent with `credHelpers`. */
    routes: z.array(z.string()).readonly(),
    problems: z.array(problemSchema).readonly(),
  })
  .readonly();

export type Account = z.infer<typeof accountSchema>;
export type KeychainStatus = z.infer<typeof keychainStatusSchema>;
export type HelperStatus = z.infer<typeof helperStatusSchema>;
