import { isUtf8 } from 'node:buffer';
import { RegentError } from '../../../shared/errors/index.ts';
import type { FileContent } from '../../../shared/model/layer-file.ts';
import { readBlob } from '../blobs/read-blob.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { cleanValue } from './clean-value.ts';
import { readableJson } from './readable-json.ts';

/** Bytes, and then characters, that are shown at most. */
const SHOWN = 4 * 1024 * 1024;

/**
 * Reads a small blob, such as an SBOM, as text: JSON set out in lines, with what DSSE envelopes carry unwrapped. All of
 * it is read, since only then its digest says whether any of it is true; the first 4 MiB are shown. `path` is the digest.
 * @throws RegentError `BLOB_NOT_FOUND`, `DIGEST_MISMATCH`, `RESPONSE_TOO_LARGE` …
 */
export async function document(place: Place, digest: string): Promise<FileContent> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of readBlob(place, { digest, size: null }) as AsyncIterable<Buffer>) {
    if (size < SHOWN) pieces.push(piece.subarray(0, SHOWN - size));
    size += piece.length;
    if (size > limits.document) {
      const { address } = place.session;
      throw new RegentError('RESPONSE_TOO_LARGE', { address, limit: limits.document });
    }
  }
  const isWhole = size <= SHOWN;
  const text = textOf(Buffer.concat(pieces), isWhole);
  const readable =
    text === null ? null : cleanValue((isWhole && readableJson(text)) || text, SHOWN);
  const isCut = readable !== null && readable.length === SHOWN && readable.endsWith('…');
  return { path: digest, size, text: readable, truncated: !isWhole || isCut };
}

/** The bytes as text; null for what is none. A cut may have gone through the middle of a character. */
function textOf(bytes: Buffer, isWhole: boolean): string | null {
  for (let missing = 0; missing <= (isWhole ? 0 : 3); missing += 1) {
    const part = bytes.subarray(0, bytes.length - missing);
    if (isUtf8(part)) return part.includes(0) ? null : part.toString('utf8');
  }
  return null;
}
