import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { parseIp } from '../../../main/trust/x509/ip.ts';
import { writePem } from '../../../main/trust/x509/pem.ts';
import {
  type ReadCertificate,
  readCertificate,
} from '../../../main/trust/x509/read-certificate.ts';

// Certificates of any kind, also wrong ones, written in DER by hand: forge makes RSA only, and only sane ones.

/** What a certificate says; everything has a sensible default for a server named reg.test. */
export interface Wish {
  readonly cn?: string;
  readonly key?: KeyKind;
  /** The issuer; itself when not given. */
  readonly by?: Made;
  readonly names?: readonly string[] | null;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** basicConstraints; `null` leaves it out. */
  readonly ca?: boolean | null;
  readonly pathLength?: number;
  /** keyUsage bits as one octet: 0x04 certSign, 0x02 cRLSign, 0x80 digitalSignature. */
  readonly keyUsage?: number;
  readonly eku?: readonly string[];
  readonly hash?: 'sha256' | 'sha1' | 'md5';
  readonly critical?: string;
  readonly permitted?: readonly string[];
  readonly excluded?: readonly string[];
  readonly keyIds?: { readonly subject?: string; readonly authority?: string };
}

type KeyKind = 'rsa' | 'rsa512' | 'ec' | 'ed25519';

/** A certificate with its key. */
export interface Made {
  readonly cert: ReadCertificate;
  readonly der: Uint8Array;
  readonly pem: string;
  readonly keyPem: string;
  readonly key: KeyObject;
}

const length = (n: number): Buffer => {
  if (n < 0x80) return Buffer.from([n]);
  const octets = Buffer.from(
    n.toString(16).padStart(n > 0xffff ? 6 : n > 0xff ? 4 : 2, '0'),
    'hex',
  );
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
};
const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
};
const seq = (...parts: readonly Uint8Array[]) => tlv(0x30, ...parts);
const oid = (text: string) => {
  const [a = 0, b = 0, ...rest] = text.split('.').map(Number);
  const octets = [a * 40 + b, ...rest].flatMap((n) => {
    const out = [n & 0x7f];
    for (let left = n >> 7; left > 0; left >>= 7) out.unshift((left & 0x7f) | 0x80);
    return out;
  });
  return tlv(0x06, Buffer.from(octets));
};
const bool = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]));
const int = (n: number) => tlv(0x02, Buffer.from([n]));
const bits = (body: Uint8Array, unused = 0) => tlv(0x03, Buffer.from([unused]), body);
const time = (iso: string) => tlv(0x18, Buffer.from(`${iso.replace(/\D/g, '').slice(0, 14)}Z`));
const extension = (id: string, value: Uint8Array, critical = false) =>
  seq(oid(id), ...(critical ? [bool(true)] : []), tlv(0x04, value));
const nameOf = (cn: string) =>
  seq(
    tlv(0x31, seq(oid('2.5.4.10'), tlv(0x0c, Buffer.from('Lab')))),
    tlv(0x31, seq(oid('2.5.4.3'), tlv(0x0c, Buffer.from(cn)))),
  );
const generalName = (name: string) =>
  isIP(name) ? tlv(0x87, parseIp(name) ?? Buffer.alloc(0)) : tlv(0x82, Buffer.from(name));
const subtree = (name: string) => {
  const [ip = '', mask] = name.split('/');
  const base = mask
    ? tlv(0x87, parseIp(ip) ?? Buffer.alloc(0), parseIp(mask) ?? Buffer.alloc(0))
    : tlv(0x82, Buffer.from(name));
  return seq(base);
};

function newKey(kind: KeyKind): KeyObject {
  switch (kind) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    case 'rsa512':
      return generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
  }
}

function algorithmOf(key: KeyObject, hash: 'sha256' | 'sha1' | 'md5'): Buffer {
  const rsa = { sha256: '11', sha1: '5', md5: '4' } as const;
  if (key.asymmetricKeyType === 'rsa') {
    return seq(oid(`1.2.840.113549.1.1.${rsa[hash]}`), tlv(0x05));
  }
  if (key.asymmetricKeyType === 'ed25519') return seq(oid('1.3.101.112'));
  return seq(oid(hash === 'sha1' ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2'));
}

function extensionsOf(wish: Wish): Buffer {
  const { names = ['reg.test'], ca = false, pathLength, keyUsage, eku, critical, keyIds } = wish;
  const { permitted = [], excluded = [] } = wish;
  const limit = pathLength === undefined ? [] : [int(pathLength)];
  const list = [
    ...(names ? [extension('2.5.29.17', seq(...names.map(generalName)))] : []),
    ...(ca === null
      ? []
      : [extension('2.5.29.19', seq(...(ca ? [bool(true)] : []), ...limit), true)]),
    ...(keyUsage === undefined
      ? []
      : [extension('2.5.29.15', bits(Buffer.from([keyUsage])), true)]),
    ...(eku ? [extension('2.5.29.37', seq(...eku.map(oid)))] : []),
    ...(critical ? [extension(critical, seq(), true)] : []),
    ...(keyIds?.subject ? [extension('2.5.29.14', tlv(0x04, Buffer.from(keyIds.subject)))] : []),
    ...(keyIds?.authority
      ? [extension('2.5.29.35', seq(tlv(0x80, Buffer.from(keyIds.authority))))]
      : []),
    ...(permitted.length + excluded.length > 0
      ? [
          extension(
            '2.5.29.30',
            seq(
              ...(permitted.length > 0 ? [tlv(0xa0, ...permitted.map(subtree))] : []),
              ...(excluded.length > 0 ? [tlv(0xa1, ...excluded.map(subtree))] : []),
            ),
            true,
          ),
        ]
      : []),
  ];
  return list.length > 0 ? tlv(0xa3, seq(...list)) : Buffer.alloc(0);
}

let serial = 1;

/** Makes a certificate. */
export function make(wish: Wish = {}): Made {
  const key = newKey(wish.key ?? 'ec');
  const signer = wish.by?.key ?? key;
  const hash = wish.hash ?? 'sha256';
  const subject = nameOf(wish.cn ?? 'reg.test');
  serial += 1;
  const tbs = seq(
    tlv(0xa0, int(2)),
    int(serial & 0x7f),
    algorithmOf(signer, hash),
    wish.by?.cert.subject ?? subject,
    seq(
      time(wish.notBefore ?? '2026-01-01T00:00:00Z'),
      time(wish.notAfter ?? '2027-01-01T00:00:00Z'),
    ),
    subject,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    extensionsOf(wish),
  );
  const signature = sign(signer.asymmetricKeyType === 'ed25519' ? null : hash, tbs, signer);
  const der = new Uint8Array(seq(tbs, algorithmOf(signer, hash), bits(signature)));
  return {
    cert: readCertificate(der),
    der,
    pem: writePem(der),
    key,
    keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** An authority: CA:TRUE, may sign certificates. */
export const makeCa = (wish: Wish = {}): Made =>
  make({ cn: 'Lab CA', names: null, ca: true, keyUsage: 0x06, ...wish });

/** The middle of the validity that certificates have by default, in milliseconds since 1970. */
export const NOW = Date.parse('2026-06-01T00:00:00Z');
