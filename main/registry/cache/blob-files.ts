import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { constants } from 'node:fs';
import { mkdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Clock } from '../../platform/clock.ts';

// A thousand small files are read at once: without the objects of `node:fs/promises` that takes a third of the time.
const open = promisify(fs.open);
const fstat = promisify(fs.fstat);
const read = promisify(fs.read);
const close = promisify(fs.close);
const futimes = promisify(fs.futimes);

/** How old the mark "last used" may get before a read renews it, in milliseconds. */
const USED_AGAIN_AFTER = 3_600_000;

/** Where the bytes of a digest are (OCI image layout: `blobs/<algorithm>/<encoded>`). */
function blobPath(folder: string, digest: string): string {
  const [algorithm = '', hex = ''] = isDigest(digest) ? digest.split(':') : [];
  return join(folder, 'blobs', algorithm, hex);
}

/**
 * The bytes of a digest, verified; undefined when there are none, or more than `limit`. What does not hash to its name is
 * damaged and goes.
 * @throws NodeJS.ErrnoException for other failures than an absent file
 */
export async function readBlob(
  folder: string,
  digest: string,
  limit: number,
  clock: Clock,
): Promise<Buffer | undefined> {
  const fd = await openBlob(folder, digest);
  if (fd === undefined) return undefined;
  try {
    const stat = await fstat(fd);
    if (!stat.isFile() || stat.size > limit) return undefined;
    const { bytesRead, buffer } = await read(fd, Buffer.allocUnsafe(stat.size), 0, stat.size, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (!hashesTo(bytes, digest)) {
      await removeBlob(folder, digest);
      return undefined;
    }
    if (clock.now() - stat.mtimeMs > USED_AGAIN_AFTER) await markUsed(fd, clock);
    return bytes;
  } finally {
    await close(fd);
  }
}

/**
 * Keeps bytes under their digest: written under a private name first, so that a reader finds all of them or none. The
 * disk is not waited for: what a power cut tears is found out when it is read.
 * @throws NodeJS.ErrnoException; nothing is left behind then
 */
export async function writeBlob(folder: string, digest: string, bytes: Buffer): Promise<void> {
  const path = blobPath(folder, digest);
  const temporary = join(folder, 'ingest', randomBytes(12).toString('hex'));
  try {
    await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Makes the folders that a blob of this digest needs. */
export async function makeBlobFolders(folder: string, digest: string): Promise<void> {
  await mkdir(dirname(blobPath(folder, digest)), { recursive: true, mode: 0o700 });
  await mkdir(join(folder, 'ingest'), { recursive: true, mode: 0o700 });
}

/** Whether bytes are what a digest says. */
function hashesTo(bytes: Uint8Array, digest: string): boolean {
  const at = digest.indexOf(':');
  return createHash(digest.slice(0, at)).update(bytes).digest('hex') === digest.slice(at + 1);
}

async function openBlob(folder: string, digest: string): Promise<number | undefined> {
  if (!isDigest(digest)) return undefined;
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  return open(blobPath(folder, digest), flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function removeBlob(folder: string, digest: string): Promise<void> {
  await unlink(blobPath(folder, digest)).catch(() => undefined);
}

/** On a disk that is read only there is nothing to keep up to date. */
async function markUsed(fd: number, clock: Clock): Promise<void> {
  const now = new Date(clock.now());
  await futimes(fd, now, now).catch(() => undefined);
}
