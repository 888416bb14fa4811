import * as z from 'zod';

/** A login for one registry, without its secret. Times are ISO 8601. */
export const accountSchema = z
  .object({
    /** As people write it: `host[:port]`, `docker.io`; docker's own token keys as they are. */
    address: z.string(),
    username: z.string(),
    /** `identity-token`: a refresh token, which only the registry's token server takes; the user is `<token>` then. */
    kind: z.enum(['password', 'identity-token']),
    /** Where the secret is kept; `memory` is the demo account where there is no keychain. */
    source: z.enum(['keychain', 'file', 'memory']),
    updatedAt: z.string(),
    /** Whether docker, podman and Regent use this one for its registry; at most one of a registry is. */
    inUse: z.boolean(),
    /** When the registry last took it, as far as Regent saw; null when it never did. */
    workedAt: z.string().nullable(),
    /** When the registry refused it, if nothing has worked since. */
    refusedAt: z.string().nullable(),
  })
  .readonly();

/** A way of writing one login down for other programs, with its secret. */
export const accountFormatSchema = z.enum(['k8s-secret', 'dockerconfigjson']);

export type Account = z.infer<typeof accountSchema>;
export type AccountFormat = z.infer<typeof accountFormatSchema>;
