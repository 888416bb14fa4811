import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';
import { SHORTEST_PASSPHRASE } from './shortest-passphrase.ts';

/** State of the OS keychain. `name` is for people: `Secret Service`, `macOS Keychain`. */
const keychainStatusSchema = z
  .object({
    state: z.enum(['ready', 'unavailable']),
    name: z.string(),
    problem: problemSchema.nullable(),
  })
  .readonly();

/** State of the encrypted files that hold the logins where there is no keychain. Paths are absolute. */
const encryptedFilesSchema = z
  .object({
    /** The folder with one encrypted file a login. */
    path: z.string(),
    unlockedBy: z.enum(['passphrase', 'key-file']),
    keyFile: z.string().nullable(),
    /** Whether logins can be read here and now; with a passphrase, until `until` (ISO 8601). */
    locked: z.boolean(),
    until: z.string().nullable(),
    problem: problemSchema.nullable(),
  })
  .readonly();

/** Where logins are kept: the keychain, unless the user chose encrypted files by name. */
export const secretStoreStatusSchema = z
  .object({
    kind: z.enum(['keychain', 'file']),
    /** Whether encrypted files can be chosen here. */
    offersFiles: z.boolean(),
    keychain: keychainStatusSchema,
    /** Null while `kind` is `keychain`. */
    file: encryptedFilesSchema.nullable(),
  })
  .readonly();

/** The choice between them. A new key file is made where there is none. */
export const secretStoreChoiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain') }),
  z.object({ kind: z.literal('key-file'), path: z.string().min(1).max(4096) }),
  z.object({
    kind: z.literal('passphrase'),
    passphrase: z.string().min(SHORTEST_PASSPHRASE).max(1024),
  }),
]);

export type KeychainStatus = z.infer<typeof keychainStatusSchema>;
export type EncryptedFiles = z.infer<typeof encryptedFilesSchema>;
export type SecretStoreStatus = z.infer<typeof secretStoreStatusSchema>;
export type SecretStoreChoice = z.infer<typeof secretStoreChoiceSchema>;
