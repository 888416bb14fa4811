import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { temporaryBeside } from '../../platform/leftovers.ts';
import { checkRoom, flushFolder, standingAt } from './disk.ts';
import { dockerArchive } from './docker-archive.ts';
import { openBlob } from './keep-blob.ts';
import { blobPath, LAYOUT_CONTENT, LAYOUT_FILE, layoutIndex } from './oci-layout.ts';
import type { SaveOrder, Saving } from './save-order.ts';
import { type TarEntry, tarLength, writeTar } from './tar-file.ts';

/**
 * Saves to a tar archive. It is written under another name beside, which goes where anything fails.
 * @throws RegentError `SAVE_PATH_TAKEN`, `DISK_FULL`, and as of `readBlob` and `dockerArchive`; NodeJS.ErrnoException
 */
export async function saveToArchive(saving: Saving, format: SaveOrder['format']): Promise<void> {
  const { path, place } = saving;
  await requireFree(saving);
  const entries = format === 'oci' ? ociArchive(saving) : dockerArchive(saving);
  await checkRoom(dirname(path), path, tarLength(entries));
  const temporary = temporaryBeside(path);
  const file = await open(temporary, 'wx');
  try {
    await writeTar(file, entries, place);
    await file.sync();
    await file.close();
    await takePlace(temporary, saving);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
  await flushFolder(dirname(path));
}

/** The files of an OCI layout; blobs and manifests alike. */
function ociArchive({ gathered, name, progress }: Saving): readonly TarEntry[] {
  const { root, manifests, blobs } = gathered;
  const small = (path: string, bytes: Buffer): TarEntry => ({
    ...{ name: path, size: bytes.length, open: () => [bytes] },
  });
  return [
    small(LAYOUT_FILE, Buffer.from(LAYOUT_CONTENT)),
    small('index.json', layoutIndex(root, name)),
    ...manifests.map(({ digest, bytes }) => small(blobPath(digest), bytes)),
    ...blobs.map((blob) => ({
      name: blobPath(blob.digest),
      size: blob.size,
      open: (place: Saving['place']) => openBlob(place, blob),
      onBytes: (bytes: number) =>
        progress.note(blob.digest, bytes === blob.size ? 'done' : 'downloading', bytes),
    })),
  ];
}

/** @throws RegentError `SAVE_PATH_TAKEN` for a file without leave to replace it, and for anything else always */
async function requireFree({ path, force }: Saving): Promise<void> {
  const standing = await standingAt(path);
  if (standing === 'nothing' || (standing === 'file' && force)) return;
  throw new RegentError('SAVE_PATH_TAKEN', { path, kind: standing === 'file' ? 'file' : 'folder' });
}

/** Gives the finished archive its name. */
async function takePlace(temporary: string, saving: Saving): Promise<void> {
  const { path, force } = saving;
  if (!force) {
    // Unlike a renaming, this fails where a file has come there meanwhile; not all disks know it.
    const isLinked = await link(temporary, path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST')
          throw new RegentError('SAVE_PATH_TAKEN', { path, kind: 'file' });
        return false;
      },
    );
    if (isLinked) return rm(temporary);
    await requireFree(saving);
  }
  await rename(temporary, path);
}
