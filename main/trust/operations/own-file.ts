import { readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkFile, checkFolder, statIfThere } from '../../platform/check-folder.ts';
import { removeLeftovers } from '../../platform/leftovers.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { type Done, ForeignFile } from './done.ts';
import type { OwnFile } from './operation.ts';

/** Writes a file of Regent's own, never over anybody's. @throws UnsafePath, ForeignFile, NodeJS.ErrnoException */
export async function putOwnFile({ path, content, mode }: OwnFile): Promise<Done> {
  await removeLeftovers(path);
  const stat = await statIfThere(path);
  if (!stat) {
    if (content === null) throw new ForeignFile(path);
    await writeAtomically(path, content, { mode });
    return { path, status: 'written' };
  }
  checkFile(path, stat);
  if ((await readFile(path, 'utf8')) !== content) throw new ForeignFile(path);
  return { path, status: 'already' };
}

/** Removes a file of Regent's own, and no more of it than Regent wrote. @throws UnsafePath, NodeJS.ErrnoException */
export async function takeBackOwnFile({ path, sha256, without }: OwnFile): Promise<Done> {
  if (!(await checkFolder(dirname(path)))) return { path, status: 'gone' };
  await removeLeftovers(path);
  const stat = await statIfThere(path);
  if (!stat) return { path, status: 'gone' };
  if (!stat.isFile()) return { path, status: 'kept' };
  checkFile(path, stat);
  const text = await readFile(path, 'utf8');
  const rest = sha256Of(Buffer.from(text)) === sha256 ? '' : (without?.(text) ?? text);
  if (rest.trim() === '') {
    await unlink(path);
    return { path, status: 'removed' };
  }
  const { mode, uid, gid } = stat;
  if (rest !== text) {
    await writeAtomically(path, rest, { mode: mode & 0o7777, owner: { uid, gid } });
  }
  return { path, status: 'kept' };
}

/** Whether a file of Regent's own is as it was written. */
export async function stateOfOwnFile(file: OwnFile): Promise<'there' | 'missing' | 'changed'> {
  const stat = await statIfThere(file.path).catch(() => null);
  if (stat === undefined) return 'missing';
  const bytes = await readFile(file.path).catch(() => undefined);
  // A key that only root may read is there; what is in it can't be looked at.
  if (bytes === undefined) return stat !== null && file.secret ? 'there' : 'changed';
  return sha256Of(bytes) === file.sha256 ? 'there' : 'changed';
}
