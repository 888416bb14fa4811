import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { createByteReader } from './byte-reader.ts';
import { UnreadableLayer } from './layer-error.ts';
import { passThrough } from './pass-through.ts';
import { readZstdFrames, type ZstdPiece } from './zstd-frames.ts';

/** What Node has from 22.15 on; the oldest one that Regent runs on has not. */
interface ZstdOfNode {
  readonly createZstdDecompress?: (options: object) => Duplex;
  readonly constants: { readonly ZSTD_d_windowLogMax?: number };
}

/** 2^27 bytes: 128 MiB. */
const WINDOW_LOG = 27;
/** For how many milliseconds unpacking may keep everything else waiting. */
const TURN = 8;

/**
 * Unpacks what zstd has packed, by Node's own means where it has any.
 * @throws UnreadableLayer, and whatever `packed` throws
 */
export function unpackZstd(
  packed: AsyncIterable<Buffer>,
  { createZstdDecompress, constants }: ZstdOfNode = zlib as unknown as ZstdOfNode,
): AsyncIterable<Buffer> {
  const pieces = readZstdFrames(createByteReader(packed));
  if (!createZstdDecompress) return unpackByScript(pieces);
  const limit = constants.ZSTD_d_windowLogMax;
  const params = limit === undefined ? {} : { [limit]: WINDOW_LOG };
  return passThrough(bytesOf(pieces), createZstdDecompress({ params }));
}

async function* bytesOf(pieces: AsyncIterable<ZstdPiece>): AsyncGenerator<Buffer, void, void> {
  for await (const { bytes } of pieces) yield bytes;
}

/** Unpacks block by block, so that a few bytes that stand for gigabytes don't hold everything up. */
async function* unpackByScript(
  pieces: AsyncIterable<ZstdPiece>,
): AsyncGenerator<Buffer, void, void> {
  const ready: Buffer[] = [];
  const begin = () =>
    new Decompress((data) => {
      ready.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    });
  let frame = begin();
  let since = performance.now();
  for await (const piece of pieces) {
    if (piece.kind === 'frame') frame = begin();
    try {
      frame.push(piece.bytes, piece.kind === 'block' && piece.isLast);
    } catch (error) {
      throw new UnreadableLayer('damaged', error);
    }
    yield* ready.splice(0);
    if (performance.now() - since < TURN) continue;
    await nextTurn();
    since = performance.now();
  }
}
