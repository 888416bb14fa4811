import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { RegentError } from '../../shared/errors/index.ts';

/**
 * Reads a file that a person named, links followed, but no more of it than the limit. Whatever else has that name
 * is refused: a pipe would keep a thread until somebody writes to it, a device may never end.
 * @param limit in bytes
 * @returns one byte more than the limit where the file is longer
 * @throws RegentError `FILE_FAILED`, with the reason `EISDIR` for a folder and `notAFile` for a pipe or a device
 */
export async function readLimited(path: string, limit: number): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    // Without waiting for a writer; Windows has no such pipes among its files, and no such flag.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const kind = await file.stat();
    if (!kind.isFile()) throw failed(path, kind.isDirectory() ? 'EISDIR' : 'notAFile');
    return await readUpTo(file, limit + 1);
  } catch (error) {
    if (error instanceof RegentError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    // What sockets and devices without a driver answer to being opened.
    throw failed(path, code === 'ENXIO' ? 'notAFile' : (code ?? ''), error);
  } finally {
    await file?.close();
  }
}

function failed(path: string, reason: string, cause?: unknown): RegentError {
  return new RegentError('FILE_FAILED', { path, reason }, cause);
}

/** The size that the system tells is no help: it is 0 for files of /proc, and may change meanwhile. */
async function readUpTo(file: FileHandle, most: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(most);
  let have = 0;
  while (have < most) {
    const { bytesRead } = await file.read(buffer, have, most - have, null);
    if (bytesRead === 0) break;
    have += bytesRead;
  }
  return buffer.slice(0, have);
}
