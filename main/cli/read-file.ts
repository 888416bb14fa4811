import { access, constants, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RegentError } from '../../shared/errors/index.ts';

/**
 * The absolute path of a file that was named on the command line, for procedures that read it themselves.
 * @throws RegentError `USAGE_FILE_UNREADABLE` when there is no such file, before anything else has happened
 */
export async function findFile(typed: string): Promise<string> {
  const path = resolve(typed);
  return await attempt(typed, async () => {
    if ((await stat(path)).isDirectory()) throw systemError('EISDIR');
    await access(path, constants.R_OK);
    return path;
  });
}

/** The text of a file of at most `limit` bytes. @throws RegentError `USAGE_FILE_UNREADABLE` */
export async function readTextFile(typed: string, limit: number): Promise<string> {
  const path = await findFile(typed);
  return await attempt(typed, async () => {
    if ((await stat(path)).size > limit) throw systemError('EFBIG');
    return await readFile(path, 'utf8');
  });
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new RegentError('USAGE_FILE_UNREADABLE', { path, reason }, error);
  }
}

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
