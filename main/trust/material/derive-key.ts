import { createHash } from 'node:crypto';
import { type Effort, Locked } from './locked.ts';

/** Output and block sizes of the hashes that PKCS#12 files use, in bytes. */
const SIZES: Readonly<Record<string, { readonly output: number; readonly block: number }>> = {
  sha1: { output: 20, block: 64 },
  sha224: { output: 28, block: 64 },
  sha256: { output: 32, block: 64 },
  sha384: { output: 48, block: 128 },
  sha512: { output: 64, block: 128 },
};

/** What a key is derived from, and what for. */
export interface Derivation {
  /** The password, UTF-16. */
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly rounds: number;
  /** What the result is for: 1 a key, 2 an initial vector, 3 a key for a MAC. */
  readonly purpose: 1 | 2 | 3;
  /** In bytes. */
  readonly size: number;
  readonly hash: string;
}

/** One round, which is not in one piece with the next as PBKDF2's are; in units of {@link Effort}. */
const ROUND = 4;

/**
 * PKCS#12's own derivation (RFC 7292, B.2).
 * @throws Locked for a hash that is not known, and for more work than is left
 */
export function deriveKey(derivation: Derivation, effort: Effort): Buffer {
  const { password, salt, rounds, purpose, size, hash } = derivation;
  const sizes = SIZES[hash];
  if (!sizes) throw new Locked('encryption');
  const { output, block } = sizes;
  effort.spend(rounds * Math.ceil(size / output) * ROUND);
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([stretch(salt, block), stretch(password, block)]);
  const result: Buffer[] = [];
  for (let have = 0; have < size; have += output) {
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let round = 1; round < rounds; round += 1) {
      digest = createHash(hash).update(digest).digest();
    }
    result.push(digest);
    const addend = stretch(digest, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) addOne(input.subarray(at, at + block), addend);
  }
  return Buffer.concat(result).subarray(0, size);
}

/** Repeats bytes up to a multiple of the block; nothing stays nothing. */
function stretch(bytes: Uint8Array, block: number): Buffer {
  const length = block * Math.ceil(bytes.length / block);
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, bytes);
}

/** Adds `addend + 1` to a number of the same length, in place. */
function addOne(number: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let at = number.length - 1; at >= 0; at -= 1) {
    carry += (number[at] ?? 0) + (addend[at] ?? 0);
    number[at] = carry & 0xff;
    carry >>= 8;
  }
}
