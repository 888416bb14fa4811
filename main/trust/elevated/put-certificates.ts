import { chmod, mkdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFile, checkFolder, statIfThere } from '../../platform/check-folder.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { certificateFileName } from '../certificate-file.ts';
import { type Done, ForeignFile, type Receipt } from './receipt.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import type { RequestedCertificate } from './request.ts';

/**
 * Writes certificates into a folder under Regent's own names, never over anybody's file. All or nothing: what
 * was made before a failure is taken back.
 * @param folders the way to the file, outermost first; those that are missing are made (0755)
 * @throws UnsafePath, ForeignFile, NodeJS.ErrnoException
 */
export async function putCertificates(
  folders: readonly string[],
  certificates: readonly RequestedCertificate[],
): Promise<Receipt> {
  const created: Done[] = [];
  const files: Done[] = [];
  try {
    for (const path of folders) {
      if (await makeFolder(path)) created.push({ path, status: 'created' });
    }
    await removeLeftovers(folders.at(-1) ?? '');
    for (const certificate of certificates) files.push(await putFile(folders, certificate));
    return { ok: true, files, folders: created };
  } catch (error) {
    for (const { path, status } of files) if (status === 'written') await rm(path, { force: true });
    for (const { path } of created.reverse()) await rmdir(path).catch(() => undefined);
    throw error;
  }
}

async function makeFolder(path: string): Promise<boolean> {
  if (await checkFolder(path)) return false;
  try {
    await mkdir(path);
  } catch (error) {
    // Somebody else made it just now: then it is checked like any other.
    if (await checkFolder(path)) return false;
    throw error;
  }
  await chmod(path, 0o755);
  return true;
}

async function putFile(
  folders: readonly string[],
  { pem, sha256 }: RequestedCertificate,
): Promise<Done> {
  const path = join(folders.at(-1) ?? '', certificateFileName(sha256, 'crt'));
  const stat = await statIfThere(path);
  if (!stat) {
    await writeAtomically(path, pem, { mode: 0o644 });
    return { path, status: 'written' };
  }
  checkFile(path, stat);
  if ((await readFile(path, 'utf8')) !== pem) throw new ForeignFile(path);
  return { path, status: 'already' };
}
