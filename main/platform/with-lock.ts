import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type LockOptions, lock } from 'proper-lockfile';
import { RegentError } from '../../shared/errors/regent-error.ts';

/**
 * Runs something that only one of Regent's processes may do at a time. A lock left behind by a killed process
 * is taken over after ten seconds.
 * @param path names the lock; there need not be a file
 * @throws RegentError `FILE_FAILED` with `ELOCKED` when another process keeps it for half a minute
 */
export function withLock<T>(path: string, run: () => Promise<T>): Promise<T> {
  // Short and uneven waits: with long ones a crowd of credential helpers would queue for seconds.
  return locked(path, run, { retries: 600, minTimeout: 5, maxTimeout: 50, randomize: true });
}

/** The same without waiting. @throws RegentError `FILE_FAILED` with `ELOCKED` at once where somebody has the lock */
export function withFreeLock<T>(path: string, run: () => Promise<T>): Promise<T> {
  return locked(path, run, 0);
}

async function locked<T>(
  path: string,
  run: () => Promise<T>,
  retries: NonNullable<LockOptions['retries']>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const release = await lock(path, {
    realpath: false,
    retries,
    // A machine that slept may lose its lock meanwhile; what runs under one stands another beside it.
    onCompromised: () => undefined,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new RegentError('FILE_FAILED', { path, reason: error.code ?? '' }, error);
  });
  try {
    return await run();
  } finally {
    await release().catch(() => undefined);
  }
}
