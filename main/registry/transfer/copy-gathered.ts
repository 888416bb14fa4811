import { putManifest } from '../manifests/put-manifest.ts';
import { copyBlob, isOneRegistry, type Way } from './copy-blob.ts';
import type { Gathered } from './gather.ts';
import { BLOBS_AT_ONCE } from './save-order.ts';
import { together } from './together.ts';
import { type OnTransfer, trackTransfer } from './transfer-progress.ts';

/** Copies all that was gathered. @returns whether any blob had to be moved or mounted */
export async function copyGathered(
  way: Way,
  { root, manifests, blobs }: Gathered,
  tag: string | null,
  onTransfer: OnTransfer,
): Promise<boolean> {
  const { from, to } = way;
  // Within one repository they are there, as its manifests name them.
  const isInPlace = isOneRegistry(way) && from.repository === to.repository;
  const missing = isInPlace ? [] : [...blobs].sort((a, b) => b.size - a.size);
  const progress = trackTransfer(missing, onTransfer);
  await together(missing, BLOBS_AT_ONCE, to.signal, (blob, signal) =>
    copyBlob({ from: { ...from, signal }, to: { ...to, signal } }, blob, progress),
  );
  for (const manifest of manifests) {
    await putManifest(to, manifest === root && tag !== null ? tag : manifest.digest, manifest);
  }
  return progress.hasMoved();
}
