import { isIP } from 'node:net';
import { parseIp } from '../../../main/trust/x509/ip.ts';

// The few types of DER (X.690) that certificates are made of.

const length = (n: number): Buffer => {
  if (n < 0x80) return Buffer.from([n]);
  const octets = Buffer.from(
    n.toString(16).padStart(n > 0xffff ? 6 : n > 0xff ? 4 : 2, '0'),
    'hex',
  );
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
};

/** One value: its tag octet and its contents. */
export const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
};

/** SEQUENCE */
export const seq = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);

/** OBJECT IDENTIFIER, from dotted numbers */
export const oid = (text: string) => {
  const [a = 0, b = 0, ...rest] = text.split('.').map(Number);
  const octets = [a * 40 + b, ...rest].flatMap((n) => {
    const out = [n & 0x7f];
    for (let left = n >> 7; left > 0; left >>= 7) out.unshift((left & 0x7f) | 0x80);
    return out;
  });
  return tlv(0x06, Buffer.from(octets));
};

/** BOOLEAN */
export const bool = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]));

/** INTEGER of -128 to 127 */
export const int = (n: number) => tlv(0x02, Buffer.from([n & 0xff]));

/** BIT STRING */
export const bits = (body: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), body);

/** UTF8String */
const utf8 = (text: string) => tlv(0x0c, Buffer.from(text));

/** GeneralizedTime, to the second */
export const time = (iso: string) =>
  tlv(0x18, Buffer.from(`${iso.replace(/\D/g, '').slice(0, 14)}Z`));

/** An extension of a certificate. */
export const extension = (id: string, value: Uint8Array, critical = false) =>
  seq(oid(id), ...(critical ? [bool(true)] : []), tlv(0x04, value));

/** A distinguished name; what is empty is left out. */
export const nameOf = ({ o, cn }: { readonly o: string; readonly cn: string }) =>
  seq(
    ...(o ? [tlv(0x31, seq(oid('2.5.4.10'), utf8(o)))] : []),
    ...(cn ? [tlv(0x31, seq(oid('2.5.4.3'), utf8(cn)))] : []),
  );

const ip = (text: string) => parseIp(text) ?? Buffer.alloc(0);
const KINDS = { email: 0x81, dns: 0x82, uri: 0x86 } as const;

/**
 * A GeneralName: `dns:`, `email:` and `uri:` say which kind, otherwise an IP address or a DNS name by its looks.
 * `raw:` is followed by a whole value in hexadecimal.
 */
export const generalName = (name: string) => {
  if (name.startsWith('raw:')) return Buffer.from(name.slice(4), 'hex');
  const [, kind, rest = ''] = /^(dns|email|uri):(.*)$/s.exec(name) ?? [];
  if (kind === 'dns' || kind === 'email' || kind === 'uri')
    return tlv(KINDS[kind], Buffer.from(rest));
  return isIP(name) ? tlv(0x87, ip(name)) : tlv(0x82, Buffer.from(name));
};

/** A subtree of name constraints: a GeneralName, or ADDRESS/MASK. */
export const subtree = (name: string) => {
  const [, address = '', mask = ''] = /^([0-9a-f.:]+)\/([0-9a-f.:]+)$/.exec(name) ?? [];
  return seq(mask ? tlv(0x87, ip(address), ip(mask)) : generalName(name));
};
