import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';

/** Where a login outside Regent stands. Paths are absolute. */
const loginOriginSchema = z.discriminatedUnion('kind', [
  /** In the `auths` of docker's config.json, readable by whoever reads the file. */
  z.object({ kind: z.literal('docker-config'), path: z.string() }),
  /** In an auth.json of podman, skopeo and buildah, likewise. */
  z.object({ kind: z.literal('podman-auth'), path: z.string() }),
  /** With one of docker's helpers: `docker-credential-` + `helper`. */
  z.object({ kind: z.literal('docker-helper'), helper: z.string() }),
]);

/** What is unsafe about where a login stands; `others-can-read`: by the file's mode. */
const loginRiskSchema = z.enum(['plaintext', 'others-can-read', 'hidden']);

/** A login that Regent could take over, without its secret. */
export const foundLoginSchema = z
  .object({
    /** Stays the same as long as the login does. */
    id: z.string(),
    /**
     * The registry; a namespace of podman's auth.json (`host/team`) is part of `key` only. Both are empty for a file or
     * a helper that can't be read at all: `problem` then says why, and the entry stands for what may be there.
     */
    address: z.string(),
    /** As it stands there, but without a user and a password before `@`. */
    key: z.string(),
    /** Null where it isn't told without the secret. */
    username: z.string().nullable(),
    origin: loginOriginSchema,
    /** `hidden`: a helper is named for that registry, so docker no longer looks at this login. */
    risks: z.array(loginRiskSchema).readonly(),
    /** Whether Regent has this registry and user already. */
    isKnown: z.boolean(),
    /** Why it can't be taken over, such as a helper that is gone; null when it can. */
    problem: problemSchema.nullable(),
  })
  .readonly();

/** What became of one login: taken over, and whether what stood there in plain text is gone. */
export const importedLoginSchema = z
  .object({
    id: z.string(),
    address: z.string(),
    username: z.string().nullable(),
    imported: z.boolean(),
    /** Whether its plain text was removed; false also where there was none. */
    plaintextRemoved: z.boolean(),
    problem: problemSchema.nullable(),
  })
  .readonly();

export type LoginOrigin = z.infer<typeof loginOriginSchema>;
export type LoginRisk = z.infer<typeof loginRiskSchema>;
export type FoundLogin = z.infer<typeof foundLoginSchema>;
export type ImportedLogin = z.infer<typeof importedLoginSchema>;
