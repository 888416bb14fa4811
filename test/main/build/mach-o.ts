import { createHash } from 'node:crypto';

const MACH_O_64 = 0xfeedfacf;
const LC_CODE_SIGNATURE = 0x1d;
const CODE_DIRECTORY = 0xfade0c02;
const SHA256 = 2;

/**
 * Whether every page of a 64-bit Mach-O program has the hash that its signature gives it: macOS kills a program on
 * Apple's processors otherwise. Who signed is another matter (xnu: osfmk/kern/cs_blobs.h).
 * @returns the number of pages; @throws {Error} naming what is wrong
 */
export function checkMachOSignature(file: Buffer): number {
  if (file.readUInt32LE(0) !== MACH_O_64) throw new Error('no 64-bit Mach-O');
  const { code, at } = findCodeDirectory(file);
  const [hashOffset, codeSlots, codeLimit] = [16, 28, 32].map((field) =>
    file.readUInt32BE(at + field),
  ) as [number, number, number];
  const [hashSize = 0, hashType, , pageBits = 0] = file.subarray(at + 36, at + 40);
  if (hashType !== SHA256) throw new Error(`hash type ${hashType}`);
  if (codeLimit !== code) throw new Error(`signed up to ${codeLimit}, not ${code}`);
  const page = 2 ** pageBits;
  if (codeSlots !== Math.ceil(codeLimit / page)) throw new Error(`${codeSlots} pages are signed`);
  for (let slot = 0; slot < codeSlots; slot += 1) {
    const bytes = file.subarray(slot * page, Math.min((slot + 1) * page, codeLimit));
    const hash = createHash('sha256').update(bytes).digest().subarray(0, hashSize);
    const told = at + hashOffset + slot * hashSize;
    if (!hash.equals(file.subarray(told, told + hashSize))) throw new Error(`page ${slot} differs`);
  }
  return codeSlots;
}

/** `code`: where the signed bytes end and the signature begins. */
function findCodeDirectory(file: Buffer): { readonly code: number; readonly at: number } {
  const commands = file.readUInt32LE(16);
  let command = 32;
  for (let n = 0; n < commands; n += 1) {
    if (file.readUInt32LE(command) === LC_CODE_SIGNATURE) {
      const code = file.readUInt32LE(command + 8);
      const blobs = file.readUInt32BE(code + 8);
      for (let blob = 0; blob < blobs; blob += 1) {
        const at = code + file.readUInt32BE(code + 12 + blob * 8 + 4);
        if (file.readUInt32BE(at) === CODE_DIRECTORY) return { code, at };
      }
    }
    command += file.readUInt32LE(command + 4);
  }
  throw new Error('not signed');
}
