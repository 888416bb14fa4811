/** Archives are made of blocks of this many bytes. */
export const BLOCK = 512;

/** One header block, as it stands there. */
export interface TarHeader {
  readonly name: Buffer;
  readonly linkName: Buffer;
  /** One character: `0` or NUL file, `1` hard link, `2` symbolic link, `5` folder, `x` more about the next entry … */
  readonly type: string;
  /** Bytes that follow. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** Of what has holes (type `S`): bytes with the holes, and whether more blocks about them follow. */
  readonly sparse: { readonly realSize: number; readonly goesOn: boolean } | null;
}

/** What is no tar archive, or a damaged one. */
export class TarError extends Error {}

/**
 * Reads a header block by the rules of Go's archive/tar, as the engines are written in Go.
 * @returns null for a block of zeros, which ends an archive
 * @throws TarError
 */
export function readTarHeader(block: Buffer): TarHeader | null {
  const { unsigned, signed } = sumsOf(block);
  if (unsigned === BLANK_SUM && block.every((byte) => byte === 0)) return null;
  const stated = numberAt(block, 148, 8);
  if (stated !== unsigned && stated !== signed) throw new TarError('a header with a wrong sum');
  const type = String.fromCharCode(block[156] ?? 0);
  const size = numberAt(block, 124, 12);
  if (size < 0) throw new TarError('a negative size');
  return {
    name: nameOf(block),
    linkName: textAt(block, 157, 100),
    type,
    size,
    mode: numberAt(block, 100, 8) & 0o7777,
    uid: numberAt(block, 108, 8),
    gid: numberAt(block, 116, 8),
    modified: numberAt(block, 136, 12),
    sparse: type === 'S' ? { realSize: numberAt(block, 483, 12), goesOn: block[482] !== 0 } : null,
  };
}

/** The sum of an empty block: its own field counts as blanks. */
const BLANK_SUM = 8 * 0x20;

function sumsOf(block: Buffer): { readonly unsigned: number; readonly signed: number } {
  let [unsigned, high] = [BLANK_SUM, 0];
  for (let at = 0; at < BLOCK; at += 1) {
    if (at >= 148 && at < 156) continue;
    const byte = block[at] ?? 0;
    unsigned += byte;
    if (byte > 0x7f) high += 1;
  }
  // Old programs added the bytes up as signed ones.
  return { unsigned, signed: unsigned - 256 * high };
}

/** The name; POSIX has room for folders before it, Jörg Schilling's `star` for fewer, GNU keeps something else there. */
function nameOf(block: Buffer): Buffer {
  const name = textAt(block, 0, 100);
  if (block.toString('latin1', 257, 263) !== 'ustar\0') return name;
  const isStar = block.toString('latin1', 508, 512) === 'tar\0';
  const folders = textAt(block, 345, isStar ? 131 : 155);
  return folders.length === 0 ? name : Buffer.concat([folders, SLASH, name]);
}

const SLASH = Buffer.from('/');

/** A copy, as the block is used again. */
function textAt(block: Buffer, start: number, length: number): Buffer {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return Buffer.from(end === -1 ? field : field.subarray(0, end));
}

/** A number in octal digits, or in bytes where the first bit is set (GNU). @throws TarError */
function numberAt(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first & 0x80) return binaryNumber(block.subarray(start, start + length));
  let [at, value] = [start, 0];
  const end = start + length;
  while (at < end && isBlank(block[at])) at += 1;
  for (; at < end && !isBlank(block[at]); at += 1) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) throw new TarError('a number that is none');
    value = value * 8 + digit;
  }
  return value;
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0;

function binaryNumber(field: Buffer): number {
  const isNegative = ((field[0] ?? 0) & 0x40) !== 0;
  let value = isNegative ? -1 : 0;
  field.forEach((byte, at) => {
    const bits = at === 0 ? (isNegative ? byte | 0x80 : byte & 0x7f) : byte;
    value = at === 0 && isNegative ? bits - 256 : value * 256 + bits;
  });
  if (!Number.isSafeInteger(value)) throw new TarError('a number beyond all measure');
  return value;
}
