/** An architecture that the demo's images are for, as image manifests name it. */
export type Architecture = 'amd64' | 'arm64';

const BASE = 0x400000n;
const HEADERS = 120;
/** ELF-64 Object File Format 1.5, table of `e_machine`: EM_X86_64 and EM_AARCH64. */
const MACHINE = { amd64: 62, arm64: 183 } as const;

/**
 * A Linux program of a few hundred bytes that prints one text and ends well, so that the demo's images can
 * be run. It is put together here, since the demo may download nothing.
 */
export function buildGreeter(architecture: Architecture, text: string): Buffer {
  const message = Buffer.from(text, 'utf8');
  const code = architecture === 'amd64' ? amd64Code(message.length) : arm64Code(message.length);
  const size = BigInt(HEADERS + code.length + message.length);
  return Buffer.concat([elfHeader(MACHINE[architecture]), programHeader(size), code, message]);
}

function elfHeader(machine: number): Buffer {
  const header = Buffer.alloc(64);
  // 64-bit, little-endian, version 1.
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BASE + BigInt(HEADERS), 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  return header;
}

/** One loadable, readable, executable segment: the whole file. */
function programHeader(size: bigint): Buffer {
  const header = Buffer.alloc(56);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(5, 4);
  header.writeBigUInt64LE(BASE, 16);
  header.writeBigUInt64LE(BASE, 24);
  header.writeBigUInt64LE(size, 32);
  header.writeBigUInt64LE(size, 40);
  header.writeBigUInt64LE(0x10000n, 48);
  return header;
}

/** write(1, message, length); exit(0). The message follows the code. */
function amd64Code(length: number): Buffer {
  const code = Buffer.from(
    'b801000000bf01000000488d3510000000ba000000000f05b83c00000031ff0f05',
    'hex',
  );
  code.writeUInt32LE(length, 18);
  return code;
}

/** The same for AArch64; the length is the immediate of `movz x2`. */
function arm64Code(length: number): Buffer {
  const words = [
    0xd2800020, 0x100000e1, 0xd2800002, 0xd2800808, 0xd4000001, 0xd2800000, 0xd2800ba8, 0xd4000001,
  ];
  const code = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => {
    code.writeUInt32LE(word, index * 4);
  });
  code.writeUInt32LE((0xd2800002 | (length << 5)) >>> 0, 8);
  return code;
}
