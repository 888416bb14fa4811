import { readFile } from 'node:fs/promises';
import { statIfThere } from '../platform/check-folder.ts';
import type { JournalEntry, JournalFile, JournalState } from './journal.ts';

/**
 * Holds what was intended against the disk, for changes that were cut off before their receipt: a file that is
 * there with the right bytes was written, one that is not was not. Folders that are not there are forgotten.
 */
export async function reconcile(state: JournalState): Promise<JournalState> {
  const entries = await Promise.all(state.entries.map(reconcileEntry));
  const folders = await Promise.all(state.folders.map(keepIfThere));
  return {
    ...state,
    entries: entries.filter(({ files }) => files.length > 0),
    folders: folders.flat(),
  };
}

async function reconcileEntry(entry: JournalEntry): Promise<JournalEntry> {
  const files = await Promise.all(entry.files.map((file) => reconcileFile(file, entry.pem)));
  return { ...entry, files: files.flat() };
}

async function reconcileFile(file: JournalFile, pem: string): Promise<readonly JournalFile[]> {
  if (file.state !== 'intended') return [file];
  const text = await readFile(file.path, 'utf8').catch(() => undefined);
  return text === pem ? [{ ...file, state: 'written' }] : [];
}

async function keepIfThere(path: string): Promise<readonly string[]> {
  return (await statIfThere(path).catch(() => undefined)) ? [path] : [];
}
