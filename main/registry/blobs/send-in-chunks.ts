import { RegentError } from '../../../shared/errors/index.ts';
import { expectStatus } from '../expect-status.ts';
import type { Place } from '../place.ts';
import { isResumable } from './read-again.ts';
import { endOf, endUpload, type SendEnd, type Tell } from './send-blob.ts';
import { type BlobSource, inChunks, openChecked } from './upload-content.ts';
import { uploadLocation } from './upload-location.ts';
import { askUpload, receivedBytes, type Upload } from './upload-session.ts';

/** A registry that wants more at once than is held in memory here can't be given chunks. */
const LARGEST = 64 * 1024 * 1024;
const PIECE = 64 * 1024;

/** A chunk on its way: its bytes, and its place in the blob. */
interface Chunk {
  readonly bytes: Buffer;
  readonly start: number;
}

/** Where an upload stands: where the next request goes, and how many bytes the registry has. */
interface Standing {
  readonly url: URL;
  readonly received: number;
}

/** Who hears how sending gets on. `onMoved`: where the upload goes on from now on. */
interface Listener {
  readonly tell: Tell;
  readonly onMoved: (url: URL) => void;
}

/**
 * Sends a blob chunk by chunk, each in memory for as long as it takes, so that what breaks goes on where the registry
 * says it has got to.
 */
export async function sendInChunks(
  place: Place,
  upload: Upload,
  source: BlobSource,
  { tell, onMoved }: Listener,
  wanted: number,
): Promise<SendEnd> {
  const length = Math.max(wanted, upload.chunkMinimum);
  if (length > LARGEST) {
    const detail = `chunks of ${length} bytes`;
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address: place.session.address, detail });
  }
  let { url } = upload;
  let start = 0;
  for await (const bytes of inChunks(openChecked(source), length)) {
    const next = await sendChunk(place, url, { bytes, start }, tell);
    if (typeof next === 'string') return next;
    url = next;
    onMoved(url);
    start += bytes.length;
  }
  return endUpload(place, url, source.digest);
}

/** Sends one chunk, in as many requests as it takes as long as each gets further. @returns where the next one goes */
async function sendChunk(
  place: Place,
  first: URL,
  { bytes, start }: Chunk,
  tell: Tell,
): Promise<URL | Exclude<SendEnd, 'done'>> {
  const end = start + bytes.length;
  let url = first;
  for (let from = start; ; ) {
    const standing = await patch(
      place,
      url,
      { bytes: bytes.subarray(from - start), start: from },
      tell,
    );
    if (typeof standing === 'string') return standing;
    const { received } = standing;
    if (received === end) return standing.url;
    // Nothing of it, bytes that nobody sent, or fewer than it has said to have before.
    if (received <= from || received > end) return 'lost';
    url = standing.url;
    from = received;
  }
}

async function patch(
  place: Place,
  url: URL,
  { bytes, start }: Chunk,
  tell: Tell,
): Promise<Standing | Exclude<SendEnd, 'done'>> {
  const end = start + bytes.length;
  const open = async function* () {
    for (let at = 0; at < bytes.length; at += PIECE) {
      yield bytes.subarray(at, at + PIECE);
      tell(Math.min(start + at + PIECE, end));
    }
  };
  try {
    const result = await askUpload(place, {
      ...{ method: 'PATCH', url, headers: { 'content-range': `${start}-${end - 1}` } },
      content: { type: 'application/octet-stream', length: bytes.length, open },
    });
    if (result.answer.status === 416) return await standingOf(place, url);
    const ended = endOf(result);
    if (ended !== undefined) return ended;
    const { session, repository } = place;
    const subject = { kind: 'repository', repository } as const;
    const answer = expectStatus(result, [202, 201, 204], subject, session);
    const stated = receivedBytes(answer) ?? end;
    // `0-0` is nothing or one byte; of a single one that was taken it is the latter.
    return { url: uploadLocation(answer, place), received: end === 1 ? end : stated };
  } catch (error) {
    const mayGoOn = error instanceof RegentError && isResumable(error) && !place.signal.aborted;
    if (!mayGoOn) throw error;
    const standing = await standingOf(place, url).catch(() => 'lost' as const);
    // Without a byte more it is as if nothing had answered.
    if (standing === 'lost' || standing.received <= start) throw error;
    return standing;
  }
}

/** Asks how far an upload has got (distribution specification, "Pushing a blob in chunks"). */
async function standingOf(place: Place, url: URL): Promise<Standing | 'lost'> {
  const { answer } = await askUpload(place, { method: 'GET', url });
  const received = receivedBytes(answer);
  if (answer.status < 200 || answer.status >= 300 || received === undefined) return 'lost';
  return { url: uploadLocation(answer, place), received };
}
