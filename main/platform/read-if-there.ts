import { readFile } from 'node:fs/promises';
import { RegentError } from '../../shared/errors/regent-error.ts';

/** Reads a whole file; undefined when there is none. Throws RegentError `FILE_FAILED`. */
export type ReadIfThere = (path: string) => Promise<Uint8Array | undefined>;

/** A whole file; undefined when there is none. @throws RegentError `FILE_FAILED` */
export function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return orUndefined(path, readFile(path));
}

/** Waits for work on a file that need not be there. @throws RegentError `FILE_FAILED` */
export function orUndefined<T>(path: string, work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new RegentError('FILE_FAILED', { path, reason: error.code ?? '' }, error);
  });
}
