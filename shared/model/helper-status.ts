import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';

/** One thing that a repair does, to one file. Paths are absolute; `key` as it stands in the file. */
const helperRepairSchema = z.discriminatedUnion('kind', [
  /** Puts the helper back where docker finds it. */
  z.object({ kind: z.literal('put-helper'), path: z.string() }),
  /** Takes a registry's helper out of the file, because that helper is gone; `to` is Regent where it has the login. */
  z.object({
    kind: z.literal('change-route'),
    path: z.string(),
    key: z.string(),
    from: z.string(),
    to: z.enum(['regent', 'none']),
  }),
  /** Sends podman's logins to a registry of which Regent has one to Regent, too. */
  z.object({ kind: z.literal('add-route'), path: z.string(), key: z.string() }),
  /** Takes the default helper out of the file, because that helper is gone. */
  z.object({ kind: z.literal('drop-default'), path: z.string(), from: z.string() }),
]);

/** Where a program finds the login of one registry, or `nothing`. `other-helper`: see `helper`. */
const loginReachSchema = z
  .object({
    address: z.string(),
    program: z.enum(['docker', 'podman']),
    finds: z.enum(['regent', 'other-helper', 'plaintext', 'nothing']),
    helper: z.string().nullable(),
  })
  .readonly();

/** A helper of somebody else's that docker's settings name, and the registries whose logins it has or is sent. */
const otherStoreSchema = z
  .object({
    helper: z.string(),
    /** Whether docker asks it for every registry without a helper of its own. */
    isDefault: z.boolean(),
    addresses: z.array(z.string()).readonly(),
  })
  .readonly();

/** State of the credential helper: where it is installed, what is routed to it, and what is broken. */
export const helperStatusSchema = z
  .object({
    installed: z.boolean(),
    /** Path of the installed helper, null when it is not installed. */
    path: z.string().nullable(),
    configPath: z.string(),
    /** Addresses that config.json routes to Regent with `credHelpers`. */
    routes: z.array(z.string()).readonly(),
    /** Whether `credsStore` names Regent: it then serves every registry without a route of its own. */
    isDefault: z.boolean(),
    /** For every registry with a login here, who finds it. */
    reach: z.array(loginReachSchema).readonly(),
    /** What other stores cover already; docker asks them only where it is not led to Regent. */
    others: z.array(otherStoreSchema).readonly(),
    problems: z.array(problemSchema).readonly(),
    /** What `helperRepair` would do about them. */
    repairs: z.array(helperRepairSchema).readonly(),
  })
  .readonly();

export type HelperRepair = z.infer<typeof helperRepairSchema>;
export type OtherStore = z.infer<typeof otherStoreSchema>;
export type LoginReach = z.infer<typeof loginReachSchema>;
export type HelperStatus = z.infer<typeof helperStatusSchema>;
