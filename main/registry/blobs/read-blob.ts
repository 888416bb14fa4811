import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Place } from '../place.ts';
import { readPieces } from './read-pieces.ts';

/** Which blob. `size` in bytes, as its descriptor states it; null where none does. */
export interface BlobDescriptor {
  readonly digest: string;
  readonly size: number | null;
}

/** How to read. */
export interface ReadBlobOptions {
  /**
   * The beginning of the blob that is there already, from an earlier run: so many bytes, and a hash of
   * {@link hashFor} that has been given exactly those. Reading goes on behind them; the hash is used up by it.
   */
  readonly had?: { readonly length: number; readonly hash: Hash };
}

/**
 * Streams a blob. Nothing is sent before the first read, and no more than a few pieces are ever held in memory. Every
 * byte is hashed on its way: **what has been read may be trusted only when the stream ends without an error.** Broken
 * and stalled connections are resumed where they broke, each time through the registry, since links to a storage server
 * expire. Destroying the stream ends the request at once, as the signal of the place does.
 *
 * The stream fails with RegentErrors: `BLOB_NOT_FOUND`; `DIGEST_MISMATCH` and `BLOB_SIZE_WRONG` for other bytes than
 * the descriptor's; `RESPONSE_TOO_LARGE` for one without a stated size that does not end; `CANCELLED`; and those of the
 * way there and of the login, once going on has been tried several times without getting further.
 * @throws RegentError `REFERENCE_INVALID` for what is no digest
 */
export function readBlob(
  place: Place,
  { digest, size }: BlobDescriptor,
  { had = { length: 0, hash: hashFor(digest) } }: ReadBlobOptions = {},
): Readable {
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  if (place.signal.aborted) cancel();
  else place.signal.addEventListener('abort', cancel, { once: true });
  const range = { from: had.length, size };
  const pieces = readPieces({ ...place, signal: stop.signal }, digest, range);
  const readOn = async (): Promise<void> => {
    const { done, value } = await pieces.next();
    if (done !== true) had.hash.update(value);
    else verify(had.hash, digest);
    stream.push(done === true ? null : value);
  };
  const stream = new Readable({
    highWaterMark: HELD_BYTES,
    read: () => void readOn().catch((error: Error) => stream.destroy(error)),
    destroy: (error, callback) => {
      place.signal.removeEventListener('abort', cancel);
      stop.abort();
      callback(error);
    },
  });
  return stream;
}

const HELD_BYTES = 256 * 1024;

/**
 * An empty hash by the algorithm of a digest.
 * @throws RegentError `REFERENCE_INVALID` for what is no digest
 */
export function hashFor(digest: string): Hash {
  if (!isDigest(digest))
    throw new RegentError('REFERENCE_INVALID', { input: digest.slice(0, 200) });
  return createHash(digest.slice(0, digest.indexOf(':')));
}

function verify(hash: Hash, expected: string): void {
  const actual = `${expected.slice(0, expected.indexOf(':'))}:${hash.digest('hex')}`;
  if (actual !== expected) throw new RegentError('DIGEST_MISMATCH', { expected, actual });
}
