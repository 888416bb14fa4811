import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Checks a file against a SHA-512 in base64, as npm writes it.
 * @throws {Error} when it is another file
 */
export async function checkSha512(path: string, expected: string): Promise<void> {
  await check(path, 'sha512', 'base64', expected);
}

/**
 * Checks a file against a SHA-256 in lowercase hex.
 * @throws {Error} when it is another file
 */
export async function checkSha256(path: string, expected: string): Promise<void> {
  await check(path, 'sha256', 'hex', expected);
}

async function check(
  path: string,
  algorithm: 'sha256' | 'sha512',
  encoding: 'base64' | 'hex',
  expected: string,
): Promise<void> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  const actual = hash.digest(encoding);
  if (actual === expected) return;
  throw new Error(
    `${basename(path)} is not the pinned file: ${algorithm} ${actual}, not ${expected}`,
  );
}
