import { isUtf8 } from 'node:buffer';
import { fileLimits } from './file-limits.ts';

const [SLASH, DOT] = [0x2f, 0x2e];
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/**
 * The folders and the name that an entry's path is made of, from the image's root on. `.` and `..` are gone through, and
 * nothing leads out of the root, as nothing is ever written there. Names are harmless to show: see {@link cleanName}.
 * @returns undefined for a path that is longer than any system takes; empty for the root itself
 */
export function splitLayerPath(path: Buffer): readonly string[] | undefined {
  if (path.length > fileLimits.path) return undefined;
  const names: string[] = [];
  for (let start = 0; start <= path.length; ) {
    const slash = path.indexOf(SLASH, start);
    const end = slash === -1 ? path.length : slash;
    const dots = dotsAt(path, start, end);
    if (dots === 2) names.pop();
    else if (dots === 0 && end > start) names.push(cleanName(path.subarray(start, end)));
    start = end + 1;
  }
  return names;
}

/** 1 for `.`, 2 for `..`, 0 for any other name. */
function dotsAt(path: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length < 1 || length > 2 || path[start] !== DOT) return 0;
  return length === 1 || path[end - 1] === DOT ? length : 0;
}

/**
 * Text of an archive that is harmless to show and still tells names apart: what can't be seen, turns the direction of
 * writing or moves a cursor stands there as `\u{202e}`, and bytes that are no UTF-8 as `\xe9`.
 */
export function cleanName(bytes: Buffer): string {
  if (isPlain(bytes)) return bytes.toString('latin1');
  return (isUtf8(bytes) ? bytes.toString('utf8') : spellOut(bytes)).replace(
    INVISIBLE,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

function isPlain(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte < 0x20 || byte > 0x7e) return false;
  return true;
}

function spellOut(bytes: Buffer): string {
  return Array.from(bytes, (byte) =>
    byte > 0x7e ? `\\x${byte.toString(16)}` : String.fromCharCode(byte),
  ).join('');
}
