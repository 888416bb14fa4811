import { int, oid, seq, tlv } from '../write-der.ts';

const signedData = '1.2.840.113549.1.7.2';
const data = '1.2.840.113549.1.7.1';

/** Puts certificates into a PKCS#7 message as `.p7b` files have it. */
export function writePkcs7(ders: readonly Uint8Array[]): Buffer {
  const set = tlv(0xa0, ...ders);
  const message = seq(int(1), tlv(0x31), seq(oid(data)), set, tlv(0x31));
  return seq(oid(signedData), tlv(0xa0, message));
}

const endless = (tag: number, ...parts: readonly Uint8Array[]) =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);

/** The same with indefinite lengths, as programs write it that do so in one pass. */
export function writeEndlessPkcs7(ders: readonly Uint8Array[]): Buffer {
  const set = endless(0xa0, ...ders);
  const message = endless(0x30, int(1), tlv(0x31), seq(oid(data)), set, tlv(0x31));
  return endless(0x30, oid(signedData), endless(0xa0, message));
}

/** Writes any bytes as PEM. */
export function writeLabelled(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
