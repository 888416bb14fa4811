const BLOCK = 512;
/** What fits into the twelve bytes of the format as octal digits. */
const LARGEST_OCTAL = 8 ** 11 - 1;
const LONGEST_NAME = 100;

/** Where in a header which field begins, and its length (POSIX.1-2017, pax, "ustar Interchange Format"). */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
} as const;

/** The length of a file in a tar archive, in bytes: it fills its last block. */
export function paddedLength(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** The two empty blocks behind the last file. */
export const TAR_END = 2 * BLOCK;

/**
 * What stands before a plain file in a tar archive. Always the same for the same file: of root, of 1970, readable by
 * all. Names and sizes that the old format does not hold are in a record of the newer one (pax) before it.
 * @param size in bytes
 */
export function tarHeader(name: string, size: number): Buffer {
  const isLong = Buffer.byteLength(name) > LONGEST_NAME;
  const isLarge = size > LARGEST_OCTAL;
  const records = [
    ...(isLong ? [record('path', name)] : []),
    ...(isLarge ? [record('size', String(size))] : []),
  ];
  const plain = header(name.slice(-LONGEST_NAME), isLarge ? 0 : size, '0');
  if (records.length === 0) return plain;
  const content = Buffer.from(records.join(''));
  const padded = Buffer.alloc(paddedLength(content.length));
  content.copy(padded);
  return Buffer.concat([header('pax', content.length, 'x'), padded, plain]);
}

function header(name: string, size: number, type: '0' | 'x'): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, ...FIELDS.name);
  writeOctal(block, FIELDS.mode, 0o644);
  writeOctal(block, FIELDS.uid, 0);
  writeOctal(block, FIELDS.gid, 0);
  writeOctal(block, FIELDS.size, size);
  writeOctal(block, FIELDS.mtime, 0);
  block.write(type, 156);
  block.write('ustar\u000000', 257);
  // The sum counts its own field as spaces.
  const [at, length] = FIELDS.checksum;
  block.fill(' ', at, at + length);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, at);
  return block;
}

function writeOctal(block: Buffer, [at, length]: readonly [number, number], value: number): void {
  block.write(value.toString(8).padStart(length - 1, '0'), at);
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself, too. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length > length) length += 1;
  return `${length}${rest}`;
}
