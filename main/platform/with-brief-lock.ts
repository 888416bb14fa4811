import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** After this many milliseconds the lock may have been taken over (`withLock` does after ten seconds). */
const SAFE = 5_000;

/**
 * Runs something of milliseconds under the lock of `withLock`, where nobody has it, without what waiting and keeping
 * take: the credential helper is started for every login that docker keeps.
 * @param run is told whether the lock is sure still, in a process that may have slept; after it has said no, nothing
 *   may be changed
 * @throws NodeJS.ErrnoException `EEXIST` at once where somebody has the lock
 */
export async function withBriefLock<T>(
  path: string,
  run: (isSure: () => boolean) => Promise<T>,
): Promise<T> {
  const lock = `${path}.lock`;
  await makeFolder(lock);
  const begin = performance.now();
  const isSure = () => performance.now() - begin < SAFE;
  try {
    return await run(isSure);
  } finally {
    // One that is not sure any more may be another's by now; left behind, it is taken over like that of a killed process.
    if (isSure()) await rmdir(lock).catch(() => undefined);
  }
}

async function makeFolder(lock: string): Promise<void> {
  try {
    await mkdir(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(lock), { recursive: true, mode: 0o700 });
    await mkdir(lock);
  }
}
