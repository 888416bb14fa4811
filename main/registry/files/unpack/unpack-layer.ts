import { createGunzip } from 'node:zlib';
import { UnreadableLayer } from './layer-error.ts';
import { passThrough } from './pass-through.ts';
import { unpackZstd } from './unpack-zstd.ts';

type Packing = 'none' | 'gzip' | 'zstd' | 'unknown';

/** What packed bytes begin with, in hexadecimal digits; zstd may begin with a frame to be skipped (RFC 8878, 3.1.2). */
const BEGINNINGS: readonly (readonly [RegExp, Packing])[] = [
  [/^1f8b/, 'gzip'],
  [/^28b52ffd|^5.2a4d18/, 'zstd'],
  // bzip2, xz, lz4: no engine pushes them.
  [/^425a68|^fd377a58|^04224d18/, 'unknown'],
];

/** Large enough that handing pieces over costs little, small enough that nothing waits for it. */
const PIECE = 128 * 1024;

/**
 * Unpacks a layer by what its first bytes say, as engines do: media types are wrong often enough. The packed bytes
 * are read to their very end, also where the archive ends before, since they are verified only then.
 * @throws UnreadableLayer, and whatever `packed` throws
 */
export async function* unpackLayer(
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, void, void> {
  const source = packed[Symbol.asyncIterator]();
  try {
    const head = await readHead(source);
    yield* unpackAs(packingOf(head), restOf(head, source));
    while ((await source.next()).done !== true);
  } finally {
    await source.return?.();
  }
}

function unpackAs(packing: Packing, pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  switch (packing) {
    case 'none':
      return pieces;
    case 'gzip':
      return passThrough(pieces, createGunzip({ chunkSize: PIECE }));
    case 'zstd':
      return unpackZstd(pieces);
    case 'unknown':
      throw new UnreadableLayer('compression');
  }
}

function packingOf(head: Buffer): Packing {
  const digits = head.toString('hex', 0, 4);
  return BEGINNINGS.find(([beginning]) => beginning.test(digits))?.[1] ?? 'none';
}

/** At least the four bytes that tell, if there are so many. */
async function readHead(source: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 4) {
    const { done, value } = await source.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

/** All pieces. Whoever stops reading them leaves the source open. */
async function* restOf(
  head: Buffer,
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Buffer, void, void> {
  yield head;
  for (;;) {
    const { done, value } = await source.next();
    if (done === true) return;
    yield Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}
