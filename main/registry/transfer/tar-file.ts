import type { FileHandle } from 'node:fs/promises';
import type { Place } from '../place.ts';
import { BLOBS_AT_ONCE } from './save-order.ts';
import { paddedLength, TAR_END, tarHeader } from './tar-header.ts';
import { together } from './together.ts';
import { writePieces } from './write-pieces.ts';

/** A file of an archive. Those without a size are written last, one after the other. */
export interface TarEntry {
  readonly name: string;
  /** In bytes; null where it is known only once all of them have come. */
  readonly size: number | null;
  readonly open: (place: Place) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Told how many bytes there are by now. */
  readonly onBytes?: (bytes: number) => void;
}

/** The bytes of all files whose size is known, with what stands around them. */
export function tarLength(entries: readonly TarEntry[]): number {
  return entries.reduce((sum, { name, size }) => sum + lengthOf(name, size ?? 0), TAR_END);
}

function lengthOf(name: string, size: number): number {
  return tarHeader(name, size).length + paddedLength(size);
}

/**
 * Writes a tar archive into an empty file. As sizes are known beforehand, each file has its place before anything has
 * come, and several are written at once.
 * @throws what the sources throw, and NodeJS.ErrnoException
 */
export async function writeTar(
  file: FileHandle,
  entries: readonly TarEntry[],
  place: Place,
): Promise<void> {
  let end = 0;
  const placed = entries.flatMap((entry) => {
    if (entry.size === null) return [];
    const at = end;
    end += lengthOf(entry.name, entry.size);
    return [{ entry, at, size: entry.size }];
  });
  const largestFirst = [...placed].sort((a, b) => b.size - a.size);
  await together(largestFirst, BLOBS_AT_ONCE, place.signal, async ({ entry, at, size }, signal) => {
    await writeEntry(file, entry, at, tarHeader(entry.name, size), { ...place, signal });
  });
  for (const entry of entries) {
    if (entry.size !== null) continue;
    end += await writeUnsized(file, entry, end, place);
  }
  // What was left out is zeros then.
  await file.truncate(end + TAR_END);
}

async function writeEntry(
  file: FileHandle,
  { open, onBytes = () => undefined }: TarEntry,
  at: number,
  header: Buffer,
  place: Place,
): Promise<number> {
  await file.write(header, 0, header.length, at);
  return writePieces(file, at + header.length, piecesOf(open(place)), onBytes);
}

/** @returns the bytes that it takes in the archive */
async function writeUnsized(
  file: FileHandle,
  entry: TarEntry,
  at: number,
  place: Place,
): Promise<number> {
  // A header of the same length: no file from a registry is so large that it would need more.
  const size = await writeEntry(file, entry, at, tarHeader(entry.name, 0), place);
  const header = tarHeader(entry.name, size);
  await file.write(header, 0, header.length, at);
  return header.length + paddedLength(size);
}

async function* piecesOf(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  yield* source;
}
