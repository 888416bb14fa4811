import type { Duplex } from 'node:stream';
import zlib from 'node:zlib';
import { createByteReader } from './byte-reader.ts';
import { passThrough } from './pass-through.ts';
import { unpackInThread } from './unpack-in-thread.ts';
import { readZstdFrames, type ZstdPiece } from './zstd-frames.ts';

/** What Node has from 22.15 on; the oldest one that Regent runs on has not. */
interface ZstdOfNode {
  readonly createZstdDecompress?: (options: object) => Duplex;
  readonly constants: { readonly ZSTD_d_windowLogMax?: number };
}

/** 2^27 bytes: 128 MiB. */
const WINDOW_LOG = 27;

/**
 * Unpacks what zstd has packed, by Node's own means where it has any.
 * @throws UnreadableLayer, and whatever `packed` throws
 */
export function unpackZstd(
  packed: AsyncIterable<Buffer>,
  { createZstdDecompress, constants }: ZstdOfNode = zlib as unknown as ZstdOfNode,
): AsyncIterable<Buffer> {
  const pieces = readZstdFrames(createByteReader(packed));
  if (!createZstdDecompress) return unpackInThread(pieces);
  const limit = constants.ZSTD_d_windowLogMax;
  const params = limit === undefined ? {} : { [limit]: WINDOW_LOG };
  return passThrough(bytesOf(pieces), createZstdDecompress({ params }));
}

async function* bytesOf(pieces: AsyncIterable<ZstdPiece>): AsyncGenerator<Buffer, void, void> {
  for await (const { bytes } of pieces) yield bytes;
}
