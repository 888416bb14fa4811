import { chmod, mkdir, rmdir } from 'node:fs/promises';
import { checkFolder } from '../../platform/check-folder.ts';
import type { Done } from './done.ts';

/**
 * Makes the folders that are missing, outermost first, each checked like any other.
 * @param note told of each folder as it is made, so that a failure later can take it back
 * @throws UnsafePath, NodeJS.ErrnoException
 */
export async function makeFolders(
  folders: readonly string[],
  mode: number,
  note: (done: Done) => void,
): Promise<void> {
  for (const path of folders) {
    if (await makeFolder(path, mode)) note({ path, status: 'created' });
  }
}

async function makeFolder(path: string, mode: number): Promise<boolean> {
  if (await checkFolder(path)) return false;
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else made it just now: then it is checked like any other.
    if (await checkFolder(path)) return false;
    throw error;
  }
  await chmod(path, mode);
  return true;
}

/** Removes a folder that Regent made, if it is empty. @throws UnsafePath, NodeJS.ErrnoException */
export async function removeFolder(path: string): Promise<Done> {
  if (!(await checkFolder(path))) return { path, status: 'gone' };
  try {
    await rmdir(path);
    return { path, status: 'removed' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY') {
      return { path, status: 'kept' };
    }
    throw error;
  }
}
