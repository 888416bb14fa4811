/** Hexadecimal digits of each algorithm that the OCI image specification registers (descriptor.md). */
const HEX_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** Nearly all there are, and a manifest has many: looked at without taking apart. */
const SHA256 = /^sha256:[0-9a-f]{64}$/;

/** Whether the text is a digest of a known algorithm in its exact length, in lower case. */
export function isDigest(text: string): boolean {
  if (SHA256.test(text)) return true;
  const match = /^([a-z0-9]+):([0-9a-f]{64,128})$/.exec(text);
  return match !== null && HEX_LENGTHS[match[1] ?? ''] === match[2]?.length;
}

/** The id of an image of the first generation. */
const V1_ID = /^[0-9a-f]{64}$/;

/** The first 12 hexadecimal digits, as Docker shows a digest to people. Other text stays as it is. */
export function shortDigest(digest: string): string {
  if (V1_ID.test(digest)) return digest.slice(0, 12);
  return isDigest(digest) ? digest.slice(digest.indexOf(':') + 1).slice(0, 12) : digest;
}
