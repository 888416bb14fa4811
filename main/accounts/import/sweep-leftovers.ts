import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Removes what a killed edit of this file left beside it (see writeAtomically): its other logins stand in there, too,
 * and would stay behind when they are taken out of the file itself. Only for who holds the lock of such edits.
 */
export async function sweepLeftovers(path: string): Promise<void> {
  const start = `.${basename(path)}.`;
  const names = await readdir(dirname(path));
  const isLeftover = (name: string) =>
    name.startsWith(start) && /^[0-9a-f]{12}$/.test(name.slice(start.length));
  await Promise.all(
    names.filter(isLeftover).map((name) => rm(join(dirname(path), name), { force: true })),
  );
}
