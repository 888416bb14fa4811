import { RegentError } from '../../../shared/errors/index.ts';
import { hashFor } from './read-blob.ts';

/** Bytes to be uploaded. `size` in bytes. */
export interface BlobSource {
  readonly digest: string;
  readonly size: number;
  /** The bytes from the beginning; called again when an upload has to start over. It is read no faster than it is sent. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/**
 * The bytes of a source, checked on the way: the last piece is held back until all of them have proved to be the right
 * ones, so that no registry ever has the chance to take wrong ones for a blob.
 * @throws RegentError `DIGEST_MISMATCH`, `BLOB_SIZE_WRONG`; what the source throws
 */
export async function* openChecked({
  digest,
  size,
  open,
}: BlobSource): AsyncGenerator<Uint8Array, void, void> {
  const hash = hashFor(digest);
  let length = 0;
  let held: Uint8Array | undefined;
  for await (const piece of open()) {
    hash.update(piece);
    length += piece.length;
    if (length > size) break;
    if (held) yield held;
    held = piece;
  }
  if (length !== size) {
    throw new RegentError('BLOB_SIZE_WRONG', { digest, expected: size, actual: length });
  }
  const actual = `${digest.slice(0, digest.indexOf(':'))}:${hash.digest('hex')}`;
  if (actual !== digest) throw new RegentError('DIGEST_MISMATCH', { expected: digest, actual });
  if (held) yield held;
}

/** Puts pieces together to chunks of exactly `length` bytes; the last one may be shorter. */
export async function* inChunks(
  pieces: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Buffer, void, void> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < length) continue;
    const all = Buffer.concat(waiting);
    const whole = bytes - (bytes % length);
    for (let at = 0; at < whole; at += length) yield all.subarray(at, at + length);
    waiting = [all.subarray(whole)];
    bytes -= whole;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
