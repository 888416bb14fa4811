import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { referenceText } from '../describe/reference-text.ts';
import type { Place } from '../place.ts';
import { fileError } from './disk.ts';
import { gather } from './gather.ts';
import { saveToFolder } from './oci-folder.ts';
import { saveToArchive } from './save-archive.ts';
import type { SaveOrder, Saving } from './save-order.ts';
import { type OnTransfer, trackTransfer } from './transfer-progress.ts';

/** What was saved. */
export interface Saved {
  /** Of the manifest or index. */
  readonly digest: string;
  /** Whether all of it was there already. */
  readonly upToDate: boolean;
}

/**
 * Saves an image or artifact to disk as it is on its registry, with no engine: same bytes, same digests. Every blob is
 * verified on its way. Nothing but `order.path` is written, apart from temporary names beside it, and it appears there
 * only when it is whole.
 * @throws RegentError `SAVE_PATH_TAKEN`, `DISK_FULL`, `FILE_FAILED`, `TRANSFER_UNSUITABLE`, `PLATFORM_NOT_FOUND`,
 *   `TAG_NOT_FOUND`, `DIGEST_MISMATCH`, `BLOB_SIZE_WRONG`, `CANCELLED` and the usual ones
 */
export async function save(
  place: Place,
  reference: string,
  { path, format, platform, force = false }: SaveOrder,
  onTransfer: OnTransfer,
): Promise<Saved> {
  try {
    await requireFolder(dirname(path));
    const single = format === 'docker-archive';
    const gathered = await gather(place, reference, { platform, single });
    const progress = trackTransfer(gathered.blobs, onTransfer);
    const name = isTag(reference)
      ? { tag: reference, full: referenceText(place, reference) }
      : null;
    const saving: Saving = { place, gathered, name, path, force, progress };
    const isArchive = single || path.toLowerCase().endsWith('.tar');
    await (isArchive ? saveToArchive(saving, format) : saveToFolder(saving));
    return { digest: gathered.root.digest, upToDate: !isArchive && !progress.hasMoved() };
  } catch (error) {
    if (place.signal.aborted) {
      throw new RegentError('CANCELLED', { subject: referenceText(place, reference) });
    }
    throw await fileError(error, path);
  }
}

async function requireFolder(folder: string): Promise<void> {
  if (!(await stat(folder)).isDirectory()) {
    throw new RegentError('FILE_FAILED', { path: folder, reason: 'ENOTDIR' });
  }
}
