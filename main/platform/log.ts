import { appendFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from './paths.ts';

const LIMIT = 1_048_576;

/**
 * Opens the log of errors that nobody expected, for reports. It keeps messages and stacks only: other
 * properties of a foreign error may hold a request with its headers.
 */
export function openLog(paths: Paths): (error: unknown) => void {
  const file = join(paths.data, 'regent.log');
  return (error) => {
    const entry = `${new Date().toISOString()} ${describe(error)}\n`;
    try {
      append(paths.data, file, entry);
    } catch {
      // There is nowhere left to complain to.
    }
  };
}

/** At once: the process may be about to end because of this very error. */
function append(folder: string, file: string, entry: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LIMIT) truncateSync(file);
  appendFileSync(file, entry, { mode: 0o600 });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const text = error.stack ?? error.message;
  return error.cause === undefined ? text : `${text}\ncaused by ${describe(error.cause)}`;
}
