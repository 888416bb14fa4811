import { RegentError } from '../../../shared/errors/index.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Place } from '../place.ts';
import { blobExists } from './blob-exists.ts';
import { isResumable, pauseBeforeResuming } from './read-again.ts';
import { type SendEnd, sendWhole, type Tell } from './send-blob.ts';
import { sendInChunks } from './send-in-chunks.ts';
import type { BlobSource } from './upload-content.ts';
import { beginUpload, cancelUpload, type Upload } from './upload-session.ts';

/** How to upload. */
export interface UploadOptions {
  /** A repository of the same registry that has the blob, so that it need not be sent if the registry allows. */
  readonly mountFrom?: string;
  /** Bytes to send at a time; without it the blob goes in one piece, and in chunks only where that fails. */
  readonly chunkSize?: number;
}

const MIB = 1024 * 1024;

/** For links that break: what has been sent of a chunk is all that can be lost. */
const CHUNK = 16 * MIB;

/** For proxies that let only so much through at once: often 10 or 100 MiB, and 1 MiB where nginx was told nothing. */
const SMALLER_CHUNKS = [8 * MIB, MIB / 2] as const;

/** How often sending may fail in a row without getting further than before. */
const MOST_FRUITLESS = 3;

/**
 * Uploads a blob: in one request as all registries understand it, in chunks after a broken connection or where a proxy
 * lets no more through, from the beginning again where a registry has lost the upload. The bytes are checked on the
 * way, and the registry checks them again. After a failure and a cancellation the registry is told to forget the upload.
 * @param onProgress told how many bytes have been sent; it never runs backwards
 * @returns whether the blob was uploaded, or mounted from the other repository
 * @throws RegentError `DIGEST_MISMATCH` and `BLOB_SIZE_WRONG` for a source that is not what it says, what the source
 *   throws, `UPLOAD_TOO_LARGE` where a proxy lets nothing through, and the usual ones
 */
export async function uploadBlob(
  place: Place,
  source: BlobSource,
  onProgress: (sent: number) => void = () => undefined,
  options: UploadOptions = {},
): Promise<'uploaded' | 'mounted'> {
  checkDigest(source.digest);
  let sent = 0;
  const tell: Tell = (bytes) => {
    if (bytes <= sent) return;
    sent = bytes;
    onProgress(sent);
  };
  let chunk = options.chunkSize;
  let fruitless = 0;
  for (;;) {
    const before = sent;
    const end = await tryOnce(place, source, tell, { ...options, chunkSize: chunk });
    if (end === 'done') return 'uploaded';
    if (end === 'mounted') return 'mounted';
    if (end === 'too-large') {
      chunk = smallerChunk(place, source, chunk);
      continue;
    }
    // The last answer may be all that was lost.
    if (sent === source.size && (await isThere(place, source.digest))) return 'uploaded';
    fruitless = sent > before ? 1 : fruitless + 1;
    const failure = end === 'lost' ? undefined : end;
    const pause = pauseBeforeResuming(fruitless, failure);
    if (pause === undefined || fruitless > MOST_FRUITLESS) throw failure ?? lostError(place);
    chunk ??= CHUNK;
    await place.session.wait(pause, place.signal);
  }
}

/** One upload from its beginning to its end; what fails in a way that may pass is returned. */
async function tryOnce(
  place: Place,
  source: BlobSource,
  tell: Tell,
  { mountFrom, chunkSize }: { readonly [K in keyof UploadOptions]: UploadOptions[K] | undefined },
): Promise<SendEnd | 'mounted' | RegentError> {
  try {
    const mount = mountFrom === undefined ? undefined : { digest: source.digest, from: mountFrom };
    const upload = await beginUpload(place, mount);
    if (upload === null) return 'mounted';
    return await sendOrCancel(place, upload, (onMoved) =>
      chunkSize === undefined
        ? sendWhole(place, upload, source, tell)
        : sendInChunks(place, upload, source, { tell, onMoved }, chunkSize),
    );
  } catch (error) {
    if (error instanceof RegentError && !place.signal.aborted && isResumable(error)) return error;
    throw error;
  }
}

async function sendOrCancel(
  place: Place,
  upload: Upload,
  send: (onMoved: (url: URL) => void) => Promise<SendEnd>,
): Promise<SendEnd> {
  let end: SendEnd | undefined;
  let { url } = upload;
  try {
    end = await send((next) => {
      url = next;
    });
    return end;
  } finally {
    if (end !== 'done') await cancelUpload(place, url);
  }
}

function smallerChunk({ session }: Place, { size }: BlobSource, last: number | undefined): number {
  const chunk = SMALLER_CHUNKS.find((smaller) => smaller < Math.min(last ?? size, size));
  if (chunk !== undefined) return chunk;
  throw new RegentError('UPLOAD_TOO_LARGE', { address: session.address, size: last ?? size });
}

function isThere(place: Place, digest: string): Promise<boolean> {
  return blobExists(place, digest).catch(() => false);
}

function lostError({ session }: Place): RegentError {
  const { address } = session;
  return new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'an upload was lost' });
}

function checkDigest(digest: string): void {
  if (isDigest(digest)) return;
  throw new RegentError('REFERENCE_INVALID', { input: digest.slice(0, 200) });
}
