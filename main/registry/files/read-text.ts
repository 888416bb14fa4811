const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** Controls that no text has; tabs, line ends, form feeds, backspaces and escapes (of colours) are not among them. */
const BINARY = /[\u0000-\u0006\u000e-\u001a\u001c-\u001f]/;

/**
 * Bytes as text, if they are: UTF-8, or UTF-16 with a byte order mark.
 * @param isCut whether they are only the beginning, and may end within a character
 * @returns null for what is no text
 */
export function readText(bytes: Buffer, isCut: boolean): string | null {
  try {
    // The decoder leaves a byte order mark out.
    const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    const text = decoder.decode(bytes, { stream: isCut });
    return BINARY.test(text) ? null : text;
  } catch {
    return null;
  }
}

function encodingOf(bytes: Buffer): string {
  if (bytes.subarray(0, 3).equals(UTF8_BOM)) return 'utf-8';
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
