import { chmod, lstat, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkFolder } from '../../platform/check-folder.ts';

/**
 * Makes a folder of the cache, for this user's eyes only (0700): what one login could see is nobody else's business.
 * The folders above the cache may well be links, as many a home is one; the cache and what is in it may not.
 * @param cache the folder of all that can be fetched again, absolute
 * @param name of the folder in it
 * @returns its real path
 * @throws UnsafePath where somebody else could read, change or exchange it; NodeJS.ErrnoException
 */
export async function openPrivateFolder(cache: string, name: string): Promise<string> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const top = join(await realpath(dirname(cache)), basename(cache));
  await checkFolder(top);
  const folder = join(top, name);
  await mkdir(folder, { mode: 0o700 }).catch(ignore('EEXIST'));
  await checkFolder(folder);
  const { mode } = await lstat(folder);
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') await chmod(folder, 0o700);
  return folder;
}

/** Lets failures with this code pass. */
export function ignore(code: string): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code === code) return undefined;
    throw error;
  };
}
