import { createHash } from 'node:crypto';
import { RegentError } from '../../../../shared/errors/index.ts';
import { readPieces } from '../../blobs/read-pieces.ts';
import { UnreadableLayer, withLayer } from '../../files/unpack/layer-error.ts';
import { unpackLayer } from '../../files/unpack/unpack-layer.ts';
import type { Place } from '../../place.ts';
import type { FirstImage } from '../images.ts';

/** A layer as manifests of today speak of it. */
export interface MeasuredLayer {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes as it is kept. */
  readonly size: number;
  /** Digest of what is packed in it (`diff_ids` of the OCI image specification). */
  readonly diffId: string;
}

const PLAIN = 'application/vnd.docker.image.rootfs.diff.tar';
const GZIP_MAGIC = 0x1f8b;

/**
 * Reads a layer once to learn its digests; nothing is kept of it. Where the registry has a checksum of it, it is compared:
 * the SHA-256 of what is told of the image, a line end, and the layer.
 * @param place where the layer's own id is answered with the layer
 * @throws RegentError `LAYER_UNREADABLE`, `DIGEST_MISMATCH`, and as of `readPieces`
 */
export async function measureLayer(
  place: Place,
  { id, size: stated, text, checksums }: FirstImage,
): Promise<MeasuredLayer> {
  const packed = createHash('sha256');
  const unpacked = createHash('sha256');
  const checksum = createHash('sha256').update(`${text}\n`);
  let size = 0;
  let head = Buffer.alloc(0);
  const counted = async function* () {
    for await (const piece of readPieces(place, id, { from: 0, size: stated })) {
      if (head.length < 2) head = Buffer.concat([head, piece.subarray(0, 2)]);
      size += piece.length;
      packed.update(piece);
      checksum.update(piece);
      yield piece;
    }
  };
  try {
    for await (const piece of unpackLayer(counted())) unpacked.update(piece);
    const [digest, diffId] = [packed, unpacked].map((hash) => `sha256:${hash.digest('hex')}`);
    checkSum(`sha256:${checksum.digest('hex')}`, checksums);
    return { ...kindOf(digest === diffId, head), size, digest: `${digest}`, diffId: `${diffId}` };
  } catch (error) {
    throw withLayer(error, id);
  }
}

/** The format knows layers that are packed by gzip, or by nothing. */
function kindOf(isPlain: boolean, head: Buffer): { readonly mediaType: string } {
  if (isPlain) return { mediaType: PLAIN };
  if (head.readUInt16BE(0) === GZIP_MAGIC) return { mediaType: `${PLAIN}.gzip` };
  throw new UnreadableLayer('compression');
}

function checkSum(actual: string, stated: readonly string[]): void {
  const [expected] = stated;
  if (expected === undefined || stated.includes(actual)) return;
  throw new RegentError('DIGEST_MISMATCH', { expected, actual });
}
