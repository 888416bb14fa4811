import { statIfThere } from '../platform/check-folder.ts';
import { findLeftovers } from '../platform/leftovers.ts';
import type { JournalEntry, JournalFile, JournalState } from './journal.ts';
import { backupOf } from './operations/operation.ts';
import { operationsFor } from './operations/operations-for.ts';
import { type FileState, stateOf } from './state-of.ts';
import { consumerOf } from './targets/index.ts';
import type { Places } from './targets/target.ts';
import { wishOfEntry } from './wish-of-entry.ts';

/**
 * Holds what was intended against the disk, for changes that were cut off before their receipt: what is there
 * as it was to be was done, what is not was not. Folders that are not there are forgotten; what left only an empty
 * folder or half a file behind stays an intent, so that it can be finished or undone.
 */
export async function reconcile(state: JournalState, places: Places): Promise<JournalState> {
  const folders = (await Promise.all(state.folders.map(keepIfThere))).flat();
  const settled = await Promise.all(state.entries.map((entry) => reconcileEntry(entry, places)));
  const files = settled.flatMap((entry) => entry.files.filter(isDone));
  const orphans = folders.filter((folder) => !files.some((file) => isIn(file, folder)));
  const isKept = async (file: JournalFile) =>
    isDone(file) || orphans.some((folder) => isIn(file, folder)) || (await isBegun(file));
  const entries = await Promise.all(
    settled.map(async (entry) => {
      const kept = await Promise.all(entry.files.map(isKept));
      return { ...entry, files: entry.files.filter((_file, index) => kept[index]) };
    }),
  );
  return { ...state, folders, entries: entries.filter((entry) => entry.files.length > 0) };
}

const isDone = ({ state }: JournalFile) => state !== 'intended';
const isIn = ({ path }: JournalFile, folder: string) => path.startsWith(`${folder}/`);

/** Whether a write was cut off there. */
async function isBegun({ path, kind }: JournalFile): Promise<boolean> {
  const isEdit = kind === 'edit' || kind === 'shared';
  const paths = isEdit ? [path, backupOf(path)] : [path];
  const leftovers = await Promise.all(paths.map(findLeftovers));
  if (leftovers.flat().length > 0) return true;
  return isEdit && (await statIfThere(backupOf(path)).catch(() => undefined)) !== undefined;
}

async function reconcileEntry(entry: JournalEntry, places: Places): Promise<JournalEntry> {
  const files = await Promise.all(
    entry.files.map(async (file): Promise<JournalFile> => {
      if (file.state !== 'intended') return file;
      const state = await stateOfFile(entry, file, places);
      // Something may stand again where a file was put aside: it was put aside all the same.
      const isMade = state === 'there' || (file.kind === 'aside' && state === 'changed');
      return isMade ? { ...file, state: 'written' } : file;
    }),
  );
  return { ...entry, files };
}

/** How one path of a trust stands on disk. */
export async function stateOfFile(
  entry: JournalEntry,
  file: JournalFile,
  places: Places,
): Promise<FileState> {
  const consumer = consumerOf(file.consumer, places.platform);
  const operations = operationsFor(consumer, wishOfEntry(entry, file.consumer), places);
  for (const operation of operations) {
    if (operation.kind === 'reload' || operation.kind === 'run') continue;
    if (operation.path === file.path) return stateOf(operation);
  }
  return 'missing';
}

async function keepIfThere(path: string): Promise<readonly string[]> {
  const stat = await statIfThere(path).catch(() => undefined);
  // A file that a mend was to put aside may still stand there.
  return stat?.isDirectory() ? [path] : [];
}
