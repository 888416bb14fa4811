import { fileLimits } from '../file-limits.ts';
import type { ByteReader } from './byte-reader.ts';
import { UnreadableLayer } from './layer-error.ts';

/**
 * One step through data packed by zstd: a frame begins (its header, with the flag for a checksum taken out: digests
 * tell more), or one block of it, with its own header.
 */
export type ZstdPiece =
  | { readonly kind: 'frame'; readonly bytes: Buffer }
  | { readonly kind: 'block'; readonly bytes: Buffer; readonly isLast: boolean };

const MAGIC = 0xfd2fb528;
/** Of what no block may be larger, packed or not. */
const LARGEST_BLOCK = 128 * 1024;

/**
 * Walks through the frames of zstd's format (RFC 8878, section 3) without unpacking them, and leaves out those that are
 * to be skipped. That way nobody unpacks what wants too much memory, and unpackers that stop after the first frame
 * can be given one at a time: zstd:chunked has thousands.
 * @throws UnreadableLayer
 */
export async function* readZstdFrames(reader: ByteReader): AsyncGenerator<ZstdPiece, void, void> {
  while (!(await reader.isAtEnd())) {
    const magic = (await reader.take(4)).readUInt32LE();
    if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
      await reader.skip((await reader.take(4)).readUInt32LE());
      continue;
    }
    if (magic !== MAGIC) throw new UnreadableLayer('damaged');
    const { bytes, hasChecksum } = await readFrameHeader(reader);
    yield { kind: 'frame', bytes };
    for (let isLast = false; !isLast; ) {
      const block = await readBlock(reader);
      isLast = block.isLast;
      yield { kind: 'block', ...block };
    }
    if (hasChecksum) await reader.skip(4);
  }
}

async function readFrameHeader(
  reader: ByteReader,
): Promise<{ readonly bytes: Buffer; readonly hasChecksum: boolean }> {
  const flags = (await reader.take(1)).readUInt8();
  const isSingle = (flags & 0x20) !== 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  // Bit 3 is reserved, and no layer is packed with a dictionary.
  if (flags & 0x08) throw new UnreadableLayer('damaged');
  if (flags & 0x03) throw new UnreadableLayer('compression');
  const rest = Buffer.from(await reader.take((isSingle ? 0 : 1) + sizeBytes));
  const window = isSingle ? sizeIn(rest) : windowOf(rest.readUInt8());
  if (window > fileLimits.window) throw new UnreadableLayer('window');
  const start = Buffer.alloc(5);
  start.writeUInt32LE(MAGIC);
  start.writeUInt8(flags & ~0x04, 4);
  return { bytes: Buffer.concat([start, rest]), hasChecksum: (flags & 0x04) !== 0 };
}

/** What is unpacked in one go is its own window. */
function sizeIn(field: Buffer): number {
  switch (field.length) {
    case 1:
      return field.readUInt8();
    case 2:
      return field.readUInt16LE() + 256;
    case 4:
      return field.readUInt32LE();
    default:
      return Number(field.readBigUInt64LE());
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

async function readBlock(
  reader: ByteReader,
): Promise<{ readonly bytes: Buffer; readonly isLast: boolean }> {
  const header = Buffer.from(await reader.take(3));
  const value = header.readUIntLE(0, 3);
  const [type, size] = [(value >> 1) & 3, value >> 3];
  if (type === 3 || size > LARGEST_BLOCK) throw new UnreadableLayer('damaged');
  // Type 1: one byte, repeated.
  const content = await reader.take(type === 1 ? 1 : size);
  return { bytes: Buffer.concat([header, content]), isLast: (value & 1) === 1 };
}
