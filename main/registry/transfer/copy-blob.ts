import { blobExists } from '../blobs/blob-exists.ts';
import { uploadBlob } from '../blobs/upload-blob.ts';
import type { Descriptor } from '../describe/manifest.ts';
import type { Place } from '../place.ts';
import { createTurns } from '../transport/turns.ts';
import { openBlob } from './keep-blob.ts';
import type { TransferProgress } from './transfer-progress.ts';

/** From where to where. Their signals count both. */
export interface Way {
  readonly from: Place;
  readonly to: Place;
}

/**
 * Of all copies of this process together. Each one holds two connections, and a registry is given sixteen: if as many
 * uploads waited for what only further connections bring, they would wait for ever.
 */
const turns = createTurns(6);

/** Whether both are on the same registry. */
export function isOneRegistry({ from, to }: Way): boolean {
  return from.session.address === to.session.address;
}

/**
 * Has a blob in another repository: it is there already, or the registry uses the one it has elsewhere (mount), or it is
 * streamed through, without the disk.
 * @throws RegentError as of `readBlob` and `uploadBlob`
 */
export async function copyBlob(
  way: Way,
  blob: Descriptor,
  progress: TransferProgress,
): Promise<void> {
  const { from, to } = way;
  const { digest, size } = blob;
  if (await blobExists(to, digest)) {
    progress.note(digest, 'present', size);
    return;
  }
  const source = { digest, size, open: () => openBlob(from, blob) };
  const tell = (sent: number) => progress.note(digest, 'uploading', sent);
  const end = await turns.take(to.signal, () =>
    uploadBlob(to, source, tell, isOneRegistry(way) ? { mountFrom: from.repository } : {}),
  );
  progress.note(digest, end === 'mounted' ? 'mounted' : 'done', size);
}
