import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Why a path is not safe to write at; the words are in the catalogue, `errors.TRUST_TARGET_UNSAFE.why`. */
export type UnsafeReason =
  | 'symbolicLink'
  | 'notAFolder'
  | 'notAFile'
  | 'foreignOwner'
  | 'writableByOthers'
  | 'hardLinks';

/** A path that somebody else could bend to another place. */
export class UnsafePath extends Error {
  override readonly name = 'UnsafePath';

  constructor(
    readonly path: string,
    readonly reason: UnsafeReason,
  ) {
    super(`${reason}: ${path}`);
  }
}

/** What is at a path, links not followed; undefined when there is nothing. @throws NodeJS.ErrnoException */
export async function statIfThere(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/**
 * Checks a folder and all above it: each a real folder, owned by root or by this process's user, writable by
 * nobody else (a folder with the sticky bit may be: what is in it can't be moved by others). Then nobody but
 * these two can put something else in their place.
 * @param path absolute
 * @returns whether the folder is there; what is missing at the end of the path is no fault
 * @throws UnsafePath
 */
export async function checkFolder(path: string): Promise<boolean> {
  const parent = dirname(resolve(path));
  if (parent !== path && !(await checkFolder(parent))) return false;
  const stat = await statIfThere(path);
  if (!stat) return false;
  if (stat.isSymbolicLink()) throw new UnsafePath(path, 'symbolicLink');
  if (!stat.isDirectory()) throw new UnsafePath(path, 'notAFolder');
  checkOwner(path, stat);
  if (isOpenToOthers(stat)) throw new UnsafePath(path, 'writableByOthers');
  return true;
}

/** A user's own group may write where the user may: many systems give each user one, and files to both. */
function isOpenToOthers({ mode, uid, gid }: Stats): boolean {
  const own = process.geteuid?.();
  // Windows guards its folders by access lists; the bits there say nothing.
  if (own === undefined) return false;
  const isOwnGroup = own !== 0 && uid === own && gid === own && gid === process.getegid?.();
  const isSticky = (mode & 0o1000) !== 0;
  return (mode & (isOwnGroup ? 0o002 : 0o022)) !== 0 && !isSticky;
}

/** Checks a file that is to be changed or removed: a plain file with one name, owned by root or this user. @throws UnsafePath */
export function checkFile(path: string, stat: Stats): void {
  if (stat.isSymbolicLink()) throw new UnsafePath(path, 'symbolicLink');
  if (!stat.isFile()) throw new UnsafePath(path, 'notAFile');
  if (stat.nlink > 1) throw new UnsafePath(path, 'hardLinks');
  checkOwner(path, stat);
}

function checkOwner(path: string, { uid }: Stats): void {
  // Windows has no such owners; its folders are guarded by their access lists.
  const own = process.geteuid?.();
  if (own !== undefined && uid !== 0 && uid !== own) throw new UnsafePath(path, 'foreignOwner');
}
