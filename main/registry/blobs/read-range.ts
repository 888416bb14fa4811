import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Place } from '../place.ts';
import { readPieces } from './read-pieces.ts';

/**
 * Reads the bytes `start` to `end` (the latter not among them) of a blob into memory, for whoever jumps about in it.
 * **Nothing verifies them**: a digest is of the whole. Where a server knows no ranges, all that lies before is
 * read and thrown away. Gives fewer bytes only where the blob ends before.
 * @throws RegentError as of `readBlob`, and `REFERENCE_INVALID` for what is no digest
 */
export async function readRange(
  place: Place,
  digest: string,
  start: number,
  end: number,
): Promise<Buffer> {
  if (!isDigest(digest))
    throw new RegentError('REFERENCE_INVALID', { input: digest.slice(0, 200) });
  const pieces: Uint8Array[] = [];
  if (end <= start) return Buffer.alloc(0);
  for await (const piece of readPieces(place, digest, { from: start, end, size: null })) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
