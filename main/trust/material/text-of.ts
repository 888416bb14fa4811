/**
 * The bytes of a file as text, in the encodings that editors save PEM in: UTF-8, and Windows' UTF-16 with its
 * byte order mark. Bytes that are no text become something harmless.
 */
export function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
