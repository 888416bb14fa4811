import { constants } from 'node:fs';
import { type FileHandle, lstat, open, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';

const MEGABYTE = 1_000_000;

/** Never through a link; Windows has no such flag, and makes links for administrators only. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/**
 * Checks that a folder's disk has room for so many bytes; where the system does not say, it is taken to have it.
 * @param path of what is going to be written, for the words
 * @throws RegentError `DISK_FULL`
 */
export async function checkRoom(folder: string, path: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free === undefined || free >= bytes) return;
  throw fullError(path, bytes, free);
}

/** So many bytes at a time are looked for, and then written. */
const STEP = 16 * MEGABYTE;

/**
 * Hands on pieces of which nobody knows how many will come, as long as the disk has room for more.
 * @param path to which they are written
 * @throws RegentError `DISK_FULL`, and what `pieces` throws
 */
export async function* whileRoom(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  let checked = 0;
  for await (const piece of pieces) {
    if (checked < piece.length) {
      checked = STEP;
      await checkRoom(dirname(path), path, STEP);
    }
    checked -= piece.length;
    yield piece;
  }
}

async function freeBytes(folder: string): Promise<number | undefined> {
  const disk = await statfs(folder).catch(() => undefined);
  // Some network disks say zero of everything.
  return disk && disk.blocks > 0 ? disk.bavail * disk.bsize : undefined;
}

function fullError(path: string, needed: number, free: number, cause?: unknown): RegentError {
  const [neededMb, freeMb] = [Math.ceil(needed / MEGABYTE), Math.floor(free / MEGABYTE)];
  return new RegentError('DISK_FULL', { path, needed: neededMb, free: freeMb }, cause);
}

/**
 * Says what a failure of the file system means; all others come back as they are.
 * @param path what the user chose
 */
export async function fileError(error: unknown, path: string): Promise<unknown> {
  if (error instanceof RegentError || !(error instanceof Error)) return error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const free = (await freeBytes(dirname(path))) ?? 0;
    return fullError(path, free + MEGABYTE, free, error);
  }
  return new RegentError('FILE_FAILED', { path, reason: code }, error);
}

/** What stands at a path; a link is what it leads to, and `other` where that is nothing. */
export type Standing = 'nothing' | 'file' | 'folder' | 'other';

/** Looks at a path without following links. @throws NodeJS.ErrnoException */
export async function standingAt(path: string): Promise<Standing> {
  try {
    const found = await lstat(path);
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing';
    throw error;
  }
}

/**
 * Opens a file to be read, or to be written and read, which is made if need be; never through a link, and no pipe.
 * @throws NodeJS.ErrnoException; RegentError `FILE_FAILED`
 */
export async function openPlain(path: string, how: 'read' | 'write'): Promise<FileHandle> {
  const standing = await standingAt(path);
  if (standing !== 'file' && (standing !== 'nothing' || how === 'read')) {
    const reason = standing === 'nothing' ? 'ENOENT' : 'notAFile';
    throw new RegentError('FILE_FAILED', { path, reason });
  }
  const { O_CREAT, O_RDONLY, O_RDWR } = constants;
  return open(path, (how === 'read' ? O_RDONLY : O_RDWR | O_CREAT) | NO_FOLLOW);
}

/** Has a folder's own entries written to the disk, where the system knows such a thing. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
