import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkFolder, statIfThere } from '../../platform/check-folder.ts';
import { type Done, ForeignFile } from './done.ts';
import { asideOf } from './operation.ts';

/** Puts what is at a path under another name beside it. @throws ForeignFile, UnsafePath, NodeJS.ErrnoException */
export async function putAside(path: string): Promise<Done> {
  await checkFolder(dirname(path));
  if (!(await statIfThere(path))) return { path, status: 'already' };
  if (await statIfThere(asideOf(path))) throw new ForeignFile(asideOf(path));
  await rename(path, asideOf(path));
  return { path, status: 'aside' };
}

/** Gives it its name back, unless something else has it by now. @throws UnsafePath, NodeJS.ErrnoException */
export async function takeBackAside(path: string): Promise<Done> {
  if (!(await checkFolder(dirname(path)))) return { path, status: 'gone' };
  if (!(await statIfThere(asideOf(path)))) return { path, status: 'gone' };
  if (await statIfThere(path)) return { path, status: 'kept' };
  await rename(asideOf(path), path);
  return { path, status: 'restored' };
}
