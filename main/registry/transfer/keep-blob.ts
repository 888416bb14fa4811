import type { Hash } from 'node:crypto';
import { type FileHandle, rename, rm } from 'node:fs/promises';
import { RegentError } from '../../../shared/errors/index.ts';
import { hashFor, readBlob } from '../blobs/read-blob.ts';
import { inlinedData } from '../describe/inlined-data.ts';
import type { Descriptor } from '../describe/manifest.ts';
import type { Place } from '../place.ts';
import { openPlain, standingAt } from './disk.ts';
import type { TransferProgress } from './transfer-progress.ts';
import { writePieces } from './write-pieces.ts';

/**
 * Has a blob under a path. What is there already is not fetched again if it is of the right digest; what an earlier run has
 * begun (`….partial`) is gone on with. The name is given only once all bytes have proved right and are on the disk.
 * @throws RegentError as of `readBlob`; NodeJS.ErrnoException
 */
export async function keepBlob(
  place: Place,
  blob: Descriptor,
  path: string,
  progress: TransferProgress,
): Promise<void> {
  const { digest } = blob;
  if (await isRight(path, blob)) {
    progress.note(digest, 'present', blob.size);
    return;
  }
  const partial = `${path}.partial`;
  let had = 0;
  try {
    await fetchTo(place, blob, partial, (bytes, isEarlier) => {
      if (isEarlier) had = bytes;
      progress.note(digest, 'downloading', bytes);
    });
  } catch (error) {
    if (!isWrong(error)) throw error;
    await rm(partial, { force: true });
    if (had === 0) throw error;
    // It may have been what an earlier run left that was wrong.
    progress.note(digest, 'retrying');
    return keepBlob(place, blob, path, progress);
  }
  await rename(partial, path);
  progress.note(digest, 'done');
}

function isWrong(error: unknown): boolean {
  const { code } = error instanceof RegentError ? error : { code: undefined };
  return code === 'DIGEST_MISMATCH' || code === 'BLOB_SIZE_WRONG';
}

/** Writes a blob to a file from where it ends, and has it on the disk. */
async function fetchTo(
  place: Place,
  blob: Descriptor,
  partial: string,
  tell: (bytes: number, isEarlier: boolean) => void,
): Promise<void> {
  const file = await openPlain(partial, 'write');
  try {
    const { size: there } = await file.stat();
    const isUsable = there <= blob.size && !inlinedData(blob);
    const length = isUsable ? there : 0;
    if (!isUsable) await file.truncate(0);
    const hash = hashFor(blob.digest);
    await hashFile(file, hash);
    tell(length, true);
    const pieces = openBlob(place, blob, { length, hash });
    await writePieces(file, length, pieces, (bytes) => tell(length + bytes, false));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The bytes of a blob, verified at their end: from the manifest where it has them itself, else from the registry. */
export function openBlob(
  place: Place,
  blob: Descriptor,
  had?: { readonly length: number; readonly hash: Hash },
): AsyncIterable<Uint8Array> {
  const inlined = inlinedData(blob);
  if (!inlined) return readBlob(place, blob, had ? { had } : {});
  return (async function* () {
    yield inlined;
  })();
}

/** Whether a file is the blob, by its length and all of its bytes. */
async function isRight(path: string, { digest, size }: Descriptor): Promise<boolean> {
  if ((await standingAt(path)) !== 'file') return false;
  const file = await openPlain(path, 'read');
  try {
    if ((await file.stat()).size !== size) return false;
    const hash = hashFor(digest);
    await hashFile(file, hash);
    return `${digest.slice(0, digest.indexOf(':'))}:${hash.digest('hex')}` === digest;
  } finally {
    await file.close();
  }
}

const PIECE = 1024 * 1024;

async function hashFile(file: FileHandle, hash: Hash): Promise<void> {
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: PIECE });
  for await (const piece of stream as AsyncIterable<Buffer>) hash.update(piece);
}
