import { appendFile, mkdir, stat, truncate } from 'node:fs/promises';
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
    append(paths.data, file, entry).catch(() => undefined);
  };
}

async function append(folder: string, file: string, entry: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LIMIT) await truncate(file);
  await appendFile(file, entry, { mode: 0o600 });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const text = error.stack ?? error.message;
  return error.cause === undefined ? text : `${text}\ncaused by ${describe(error.cause)}`;
}
