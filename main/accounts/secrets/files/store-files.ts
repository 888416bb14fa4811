import { link, mkdir, open, readdir, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import { statIfThere, type UnsafeReason } from '../../../platform/check-folder.ts';
import { temporaryBeside } from '../../../platform/leftovers.ts';
import { orUndefined, readIfThere } from '../../../platform/read-if-there.ts';
import { writeAtomically } from '../../../platform/write-atomically.ts';

/**
 * What is done to the files of encrypted logins: mode 0600, in folders of mode 0700 that are made where there are none.
 * All methods throw RegentError `FILE_FAILED`.
 */
export interface StoreFiles {
  /** The whole file; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Writes a file so that it is whole at any moment, old or new. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Writes a file that was not there, whole or not at all; false where one is, or a link of that name. */
  create(path: string, content: string): Promise<boolean>;
  /** Whether there was a file. */
  remove(path: string): Promise<boolean>;
  /** With all that is in it. */
  removeFolder(path: string): Promise<void>;
  /** The names in a folder; none when there is no folder. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * The names of the real folders in a folder, links left out; none when there is no folder.
   * @throws RegentError `TRUST_TARGET_UNSAFE` when it is a link itself, or belongs to somebody else
   */
  listFolders(folder: string): Promise<readonly string[]>;
}

/** The machine's own files. */
export const systemFiles: StoreFiles = {
  read: readIfThere,
  write: (path, content) => orFail(path, inFolder(path, content)),
  create: (path, content) => orFail(path, createWhole(path, content)),
  remove: async (path) =>
    (await orUndefined(
      path,
      unlink(path).then(() => true),
    )) === true,
  removeFolder: (path) => orFail(path, rm(path, { recursive: true, force: true })),
  list: async (folder) => (await orUndefined(folder, readdir(folder))) ?? [],
  listFolders: async (folder) => {
    const reason = await orFail(folder, faultOf(folder));
    if (reason) throw new RegentError('TRUST_TARGET_UNSAFE', { path: folder, reason });
    const entries = (await orUndefined(folder, readdir(folder, { withFileTypes: true }))) ?? [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  },
};

async function inFolder(path: string, content: string | Uint8Array): Promise<void> {
  await makeFolderOf(path);
  await writeAtomically(path, content, { mode: 0o600 });
}

/** A link can't take the place of another file, so what was there stays, and what appears is whole. */
async function createWhole(path: string, content: string): Promise<boolean> {
  await makeFolderOf(path);
  const temporary = temporaryBeside(path);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await file.close();
    await rm(temporary, { force: true });
  }
}

/** The folders above it may well be links: many a home is one. Root's are fine, as everywhere. */
async function faultOf(folder: string): Promise<UnsafeReason | undefined> {
  const stat = await statIfThere(folder);
  if (!stat) return undefined;
  if (stat.isSymbolicLink()) return 'symbolicLink';
  if (!stat.isDirectory()) return 'notAFolder';
  const own = process.geteuid?.();
  return own === undefined || stat.uid === 0 || stat.uid === own ? undefined : 'foreignOwner';
}

async function makeFolderOf(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}

function orFail<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: NodeJS.ErrnoException) => {
    throw new RegentError('FILE_FAILED', { path, reason: error.code ?? '' }, error);
  });
}
