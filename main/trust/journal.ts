import { join } from 'node:path';
import * as z from 'zod';
import { addressSchema } from '../../shared/model/address.ts';
import { sha256Schema } from '../../shared/model/certificate.ts';
import { consumerIdSchema } from '../../shared/model/consumer.ts';
import { openStateFile, type StateFile } from '../platform/state-file.ts';
import { withLock } from '../platform/with-lock.ts';

/**
 * One path of a trust. `intended`: about to be changed, recorded first. `written`: changed by Regent, where
 * nothing of the kind was before. `already`: it was so before, so it is not Regent's to take back.
 */
const fileSchema = z
  .object({
    consumer: consumerIdSchema,
    path: z.string(),
    state: z.enum(['intended', 'written', 'already']),
    /**
     * `shared`: an edit that serves every trust of this consumer, and goes with the last of them. `aside`: what
     * was at this path has another name beside it.
     */
    kind: z.enum(['file', 'edit', 'shared', 'aside']).default('file'),
  })
  .readonly();

/** A certificate that is shown to the registry. Its key is kept nowhere but where it was put. */
const clientSchema = z
  .object({ certificatePem: z.string(), sha256: sha256Schema, keySha256: sha256Schema })
  .readonly();

const entrySchema = z
  .object({
    address: addressSchema,
    kind: z.enum(['ca', 'leaf', 'insecure', 'mend']),
    /** Null where no certificate is trusted. */
    sha256: sha256Schema.nullable(),
    /** The bytes that were shown and written; empty where no certificate is trusted. */
    pem: z.string(),
    client: clientSchema.nullable().default(null),
    trustedAt: z.string(),
    files: z.array(fileSchema).readonly(),
  })
  .readonly();

const stateSchema = z
  .object({
    version: z.literal(1),
    entries: z.array(entrySchema).readonly(),
    /** Folders that Regent made, or was about to make. Shared: the outer ones serve many registries. */
    folders: z.array(z.string()).readonly(),
  })
  .readonly();

export type JournalFile = z.infer<typeof fileSchema>;
export type JournalEntry = z.infer<typeof entrySchema>;
export type JournalState = z.infer<typeof stateSchema>;

/** The record of all changes that were made for trust, so that each can be undone. */
export interface Journal extends StateFile<JournalState> {
  /** Runs one change of trust at a time, over all of Regent's processes. @throws RegentError `FILE_FAILED` */
  exclusively<T>(run: () => Promise<T>): Promise<T>;
}

/** The journal of a machine on which nothing was trusted yet. */
export const emptyJournal: JournalState = { version: 1, entries: [], folders: [] };

/** Opens the journal. It lives among the user's data, so it outlives the application. @param data Regent's data folder */
export function openJournal(data: string): Journal {
  const path = join(data, 'journal', 'trust.json');
  const file = openStateFile(path, stateSchema, emptyJournal);
  return { ...file, exclusively: (run) => withLock(join(data, 'journal', 'trust'), run) };
}

/** What tells one trust of an address from another. */
type Identity = Pick<JournalEntry, 'address' | 'kind' | 'sha256'> & {
  readonly client: { readonly sha256: string } | null;
};

/** Whether both are the same trust: of one certificate, or of one kind without any. */
export function isSameTrust(one: Identity, other: Identity): boolean {
  return (
    one.address === other.address &&
    one.sha256 === other.sha256 &&
    one.client?.sha256 === other.client?.sha256 &&
    (one.sha256 !== null || one.kind === other.kind)
  );
}

/** Puts an entry in the place of the one for the same trust; without files there is none. */
export function withEntry(state: JournalState, entry: JournalEntry): JournalState {
  const others = state.entries.filter((other) => !isSameTrust(other, entry));
  return { ...state, entries: entry.files.length > 0 ? [...others, entry] : others };
}

/** Puts a file in the place of the one at the same path. What Regent wrote once stays Regent's to take back. */
export function withFile(entry: JournalEntry, file: JournalFile): JournalEntry {
  const isSame = ({ path, consumer }: JournalFile) =>
    path === file.path && consumer === file.consumer;
  const before = entry.files.find(isSame);
  const others = entry.files.filter((other) => !isSame(other));
  return { ...entry, files: [...others, before?.state === 'written' ? before : file] };
}

/** Folders with more of them, each once. */
export function withFolders(state: JournalState, folders: readonly string[]): JournalState {
  return { ...state, folders: [...new Set([...state.folders, ...folders])] };
}
