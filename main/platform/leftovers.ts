import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What writes of this very file left behind that were killed (see `writeAtomically`). */
export async function findLeftovers(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith(start) && /^[0-9a-f]{12}$/.test(name.slice(start.length)))
    .map((name) => join(folder, name));
}

/** Removes them; only for who holds the lock of such writes. @throws NodeJS.ErrnoException */
export async function removeLeftovers(path: string): Promise<void> {
  for (const leftover of await findLeftovers(path)) await rm(leftover, { force: true });
}
