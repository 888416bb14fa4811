import { readFileSync } from 'node:fs';
import { orUndefined, type ReadIfThere } from '../platform/read-if-there.ts';

/**
 * Reads a small file of Regent's own on the spot. The helper has nothing else to do meanwhile, and the threads that a
 * reading in the background needs take longer to start than it takes.
 */
export const readNow: ReadIfThere = (path) =>
  orUndefined(
    path,
    new Promise((resolve) => {
      resolve(readFileSync(path));
    }),
  );
