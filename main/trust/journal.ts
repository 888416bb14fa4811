import { join } from 'node:path';
import * as z from 'zod';
import { sha256Schema } from '../../shared/model/certificate.ts';
import { consumerIdSchema } from '../../shared/model/trust.ts';
import { openStateFile, type StateFile } from '../platform/state-file.ts';
import { withLock } from '../platform/with-lock.ts';

/**
 * One file of a trust. `intended`: about to be written, recorded first. `written`: by Regent, where nothing was
 * before. `already`: it was there with the very same bytes, so it is not Regent's to remove.
 */
const fileSchema = z
  .object({
    consumer: consumerIdSchema,
    path: z.string(),
    state: z.enum(['intended', 'written', 'already']),
  })
  .readonly();

const entrySchema = z
  .object({
    address: z.string(),
    kind: z.enum(['ca', 'leaf']),
    sha256: sha256Schema,
    /** The bytes that were shown and written. */
    pem: z.string(),
    trustedAt: z.string(),
    files: z.array(fileSchema).readonly(),
  })
  .readonly();

const stateSchema = z
  .object({
    version: z.literal(1),
    entries: z.array(entrySchema).readonly(),
    /** Folders that Regent made in Docker's place, or was about to make. Shared: the outer ones serve many registries. */
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

/** The entry of one certificate at one address. */
export function findEntry(
  state: JournalState,
  address: string,
  sha256: string,
): JournalEntry | undefined {
  return state.entries.find((entry) => entry.address === address && entry.sha256 === sha256);
}

/** Puts an entry in the place of the one for the same certificate; without files there is none. */
export function withEntry(state: JournalState, entry: JournalEntry): JournalState {
  const others = state.entries.filter(
    ({ address, sha256 }) => address !== entry.address || sha256 !== entry.sha256,
  );
  return { ...state, entries: entry.files.length > 0 ? [...others, entry] : others };
}

/** Puts a file in the place of the one at the same path. What Regent wrote once stays Regent's to remove. */
export function withFile(entry: JournalEntry, file: JournalFile): JournalEntry {
  const before = entry.files.find(({ path }) => path === file.path);
  const others = entry.files.filter(({ path }) => path !== file.path);
  return { ...entry, files: [...others, before?.state === 'written' ? before : file] };
}
