import { readFile, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFile, checkFolder, statIfThere } from '../../platform/check-folder.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { certificateFileName } from '../certificate-file.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { findPemBlocks } from '../x509/pem.ts';
import type { Done, Receipt } from './receipt.ts';
import { removeLeftovers } from './remove-leftovers.ts';

/**
 * Takes certificates out of a folder: Regent's own files, and no more of them than the certificate if somebody
 * has added to it. Then the folders that may go, once they are empty.
 * @param folders the way to the files, outermost first
 * @param removable which of these Regent once made
 * @throws UnsafePath, NodeJS.ErrnoException
 */
export async function removeCertificates(
  folders: readonly string[],
  sha256s: readonly string[],
  removable: readonly string[],
): Promise<Receipt> {
  const folder = folders.at(-1) ?? '';
  const files: Done[] = [];
  const isThere = await checkFolder(folder);
  if (isThere) await removeLeftovers(folder);
  for (const sha256 of sha256s) {
    const path = join(folder, certificateFileName(sha256, 'crt'));
    files.push({ path, status: isThere ? await removeFile(path, sha256) : 'gone' });
  }
  const emptied: Done[] = [];
  for (const path of folders.toReversed()) {
    if (removable.includes(path)) emptied.push({ path, status: await removeFolder(path) });
  }
  return { ok: true, files, folders: emptied };
}

async function removeFile(path: string, sha256: string): Promise<Done['status']> {
  const stat = await statIfThere(path);
  if (!stat) return 'gone';
  if (!stat.isFile()) return 'kept';
  checkFile(path, stat);
  const text = await readFile(path, 'utf8');
  const rest = withoutCertificate(text, sha256);
  if (rest.trim() === '') {
    await unlink(path);
    return 'removed';
  }
  const { mode, uid, gid } = stat;
  if (rest !== text) {
    await writeAtomically(path, rest, { mode: mode & 0o7777, owner: { uid, gid } });
  }
  return 'kept';
}

/** The text without the blocks of one certificate, byte for byte otherwise. */
function withoutCertificate(text: string, sha256: string): string {
  return findPemBlocks(text)
    .filter(({ der }) => sha256Of(der) === sha256)
    .toReversed()
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

async function removeFolder(path: string): Promise<Done['status']> {
  if (!(await checkFolder(path))) return 'gone';
  try {
    await rmdir(path);
    return 'removed';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY') return 'kept';
    throw error;
  }
}
