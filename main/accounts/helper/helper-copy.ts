import { constants } from 'node:fs';
import { copyFile, link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeLeftovers, temporaryBeside } from '../../platform/leftovers.ts';

/** What the standalone helper loads from the folder that it lies in: see main/helper/load-vault-beside.ts. */
export const HELPER_MODULE = 'keytar.node';

/**
 * Puts a copy of the helper there, its module first, over whatever stands there: for Windows, where a link needs
 * rights that users have not got. Within one file system it takes no room (a hard link).
 * @throws NodeJS.ErrnoException
 */
export async function putCopy(path: string, program: string): Promise<void> {
  for (const [from, to] of [
    [join(dirname(program), HELPER_MODULE), join(dirname(path), HELPER_MODULE)],
    [program, path],
  ] as const) {
    await removeLeftovers(to);
    const fresh = temporaryBeside(to);
    try {
      await link(from, fresh).catch(() => copyFile(from, fresh, constants.COPYFILE_EXCL));
      await replace(fresh, to);
    } finally {
      // Also where it worked: a rename of two names of one file does nothing.
      await rm(fresh, { force: true });
    }
  }
}

/** Whether the copy and its module are still one with the originals. */
export async function isCopyOf(path: string, program: string): Promise<boolean> {
  const moduleOf = (one: string) => join(dirname(one), HELPER_MODULE);
  return (await isSameFile(path, program)) && isSameFile(moduleOf(path), moduleOf(program));
}

/** Removes a copy and its module, which nothing else uses. @throws NodeJS.ErrnoException */
export async function removeCopy(path: string): Promise<void> {
  await moveAway(path);
  await moveAway(join(dirname(path), HELPER_MODULE));
}

/** Whether both are one file by two names. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev && a.ino !== 0n;
}

/** The first bytes of a file; enough of a script to know it, and little of an executable. */
export async function readStart(path: string, length = 16 * 1024): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Windows renames nothing over a program that runs, but lets it be renamed itself. */
async function replace(fresh: string, path: string): Promise<void> {
  try {
    await rename(fresh, path);
  } catch (error) {
    if (!isInUse(error)) throw error;
    await moveAway(path);
    await rename(fresh, path);
  }
}

/** What can't be removed yet lies hidden until the next installation or removal. */
async function moveAway(path: string): Promise<void> {
  await removeLeftovers(path);
  try {
    await rm(path, { force: true });
  } catch (error) {
    if (!isInUse(error)) throw error;
    await rename(path, temporaryBeside(path));
  }
}

const isInUse = (error: unknown) =>
  ['EPERM', 'EACCES', 'EBUSY'].includes((error as NodeJS.ErrnoException).code ?? '');
