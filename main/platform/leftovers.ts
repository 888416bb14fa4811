import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Removes what writes of this very file left behind that were killed (see `writeAtomically`). @throws NodeJS.ErrnoException */
export async function removeLeftovers(path: string): Promise<void> {
  const start = `.${basename(path)}.`;
  const names = await readdir(dirname(path)).catch((): string[] => []);
  for (const name of names) {
    if (!name.startsWith(start) || !/^[0-9a-f]{12}$/.test(name.slice(start.length))) continue;
    await rm(join(dirname(path), name), { force: true });
  }
}
