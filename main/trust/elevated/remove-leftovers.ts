import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What `writeAtomically` calls the file that it has not finished yet, for Regent's own names. */
const LEFTOVER = /^\.regent-[0-9a-f]{16}\.crt\.[0-9a-f]{12}$/;

/** Removes what writes left behind that were killed. @param folder must be there */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (LEFTOVER.test(name)) await rm(join(folder, name), { force: true });
  }
}
