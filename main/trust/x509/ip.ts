import { isIP } from 'node:net';

/** The bytes of an IP address, 4 or 16; undefined when the text is none. */
export function parseIp(text: string): Uint8Array | undefined {
  const family = isIP(text);
  if (family === 4) return Uint8Array.from(text.split('.').map(Number));
  if (family !== 6 || text.includes('%')) return undefined;
  // The URL parser writes IPv6 in its shortest form, with an embedded IPv4 part as hexadecimal.
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  const words = [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(words.flatMap((word) => [word >> 8, word & 0xff]));
}

const MAPPED = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);

/** The address without the IPv6 clothes of a mapped IPv4 one: Go compares them as equal. */
export function unmapIp(ip: Uint8Array): Uint8Array {
  const mapped = ip.length === 16 && Buffer.compare(ip.subarray(0, 12), MAPPED) === 0;
  return mapped ? ip.subarray(12) : ip;
}

/** Writes an address of 4 or 16 bytes the way Go does. */
export function formatIp(bytes: Uint8Array): string {
  const ip = unmapIp(bytes);
  if (ip.length === 4) return [...ip].join('.');
  const words = Array.from({ length: 8 }, (_, i) =>
    (((ip[2 * i] ?? 0) << 8) | (ip[2 * i + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${words.join(':')}]/`).hostname.slice(1, -1);
}
