import { appendFile, readFile, rm } from 'node:fs/promises';
import type { Bounds } from './sweep.ts';

/**
 * How much all processes together have written since somebody tidied up last, so that a thousand short runs of the
 * command line do not fill the disk, and none of them has to count all files.
 */
export interface WrittenTally {
  /** Adds what this process has written, and tells whether it is time to tidy up. @throws NodeJS.ErrnoException */
  add(bytes: number, files: number): Promise<boolean>;
  /** Begins anew. */
  reset(): Promise<void>;
}

/** The part of the bounds that may be written before somebody looks. */
const SHARE = 1 / 8;

/** Keeps the tally in a file of lines, each with bytes and files. */
export function openWrittenTally(path: string, bounds: Bounds): WrittenTally {
  return {
    add: async (bytes, files) => {
      await appendFile(path, `${bytes} ${files}\n`, { mode: 0o600 });
      const lines = (await readFile(path, 'utf8')).trim().split('\n');
      const sums = lines.map((line) => line.split(' ').map(Number));
      const total = (column: number) => sums.reduce((sum, row) => sum + (row[column] ?? 0), 0);
      // What makes no sense (NaN) is a reason to look, too.
      return !(total(0) < bounds.bytes * SHARE && total(1) < bounds.files * SHARE);
    },
    reset: () => rm(path, { force: true }),
  };
}
