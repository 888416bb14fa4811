import { createCipheriv } from 'node:crypto';
import { int, oid, seq, tlv } from '../write-der.ts';

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';

/** INTEGER of any size that is not negative. */
function bigInt(n: number): Buffer {
  const hex = n.toString(16);
  const whole = Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex');
  return tlv(0x02, (whole[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.alloc(1), whole]) : whole);
}

/** How a key is made of a password. */
export type Scheme =
  | { readonly n: number; readonly r: number; readonly p: number }
  | { readonly rounds: number; readonly hash: 'sha1' | 'sha256' | 'sha512' };

const HASHES = { sha1: 7, sha256: 9, sha512: 11 } as const;

function derivation(scheme: Scheme): Buffer {
  const salt = tlv(0x04, Buffer.from('saltsalt'));
  if ('n' in scheme) {
    const { n, r, p } = scheme;
    return seq(oid('1.3.6.1.4.1.11591.4.11'), seq(salt, ...[n, r, p].map(bigInt)));
  }
  const { rounds, hash } = scheme;
  const prf = seq(oid(`1.2.840.113549.2.${HASHES[hash]}`), tlv(0x05));
  return seq(oid('1.2.840.113549.1.5.12'), seq(salt, bigInt(rounds), prf));
}

const iv = Buffer.alloc(16);

/** PBES2 with AES-256 (RFC 8018, 6.2): how it is encrypted. */
function algorithm(scheme: Scheme): Buffer {
  const cipher = seq(oid('2.16.840.1.101.3.4.1.42'), tlv(0x04, iv));
  return seq(oid('1.2.840.113549.1.5.13'), seq(derivation(scheme), cipher));
}

/** Encrypts with a key of zeros, as if that were what the scheme gives. */
function encrypt(bytes: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(32), iv);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

/** An encrypted part of a PKCS#12 file, without anything in it. */
export function encryptedPart(scheme: Scheme): Buffer {
  const content = seq(oid(DATA), algorithm(scheme), tlv(0x80, encrypt(seq())));
  return seq(oid(ENCRYPTED_DATA), tlv(0xa0, seq(int(0), content)));
}

/** A part that is open, with encrypted keys in it. */
export function keyPart(key: Uint8Array, schemes: readonly Scheme[]): Buffer {
  const bags = schemes.map((scheme) =>
    seq(oid('1.2.840.113549.1.12.10.1.2'), tlv(0xa0, encryptedKey(key, scheme))),
  );
  return seq(oid(DATA), tlv(0xa0, tlv(0x04, seq(...bags))));
}

/** A PKCS#12 file of these parts, without a MAC. */
export function pkcs12Of(parts: readonly Uint8Array[]): Buffer {
  return seq(int(3), seq(oid(DATA), tlv(0xa0, tlv(0x04, seq(...parts)))));
}

/** An EncryptedPrivateKeyInfo (RFC 5958, 3). @param key PKCS#8 */
export function encryptedKey(key: Uint8Array, scheme: Scheme): Buffer {
  return seq(algorithm(scheme), tlv(0x04, encrypt(key)));
}
