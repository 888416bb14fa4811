import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  DerError,
  type DerValue,
  expectTag,
  readObjectId,
  readSmallInteger,
  tags,
} from '../x509/der.ts';
import { readBer, readMembers, readOctets } from './ber.ts';
import { decrypt } from './decrypt.ts';
import { deriveByScheme } from './derive-by-scheme.ts';
import { deriveKey } from './derive-key.ts';
import { beginEffort, type Effort, Locked, type Secret, secretsOf } from './locked.ts';

/** What a PKCS#12 file holds. */
export interface Pkcs12 {
  /** DER, in the order of the file. */
  readonly certificates: readonly Uint8Array[];
  /** Private keys, decrypted: PKCS#8 in DER. */
  readonly keys: readonly Uint8Array[];
}

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const X509 = '1.2.840.113549.1.9.22.1';
const BAGS = '1.2.840.113549.1.12.10.1.';
const PBMAC1 = '1.2.840.113549.1.5.14';

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** Whether the bytes begin like a PKCS#12 file: a sequence with version 3 and then a sequence. */
export function looksLikePkcs12(bytes: Uint8Array): boolean {
  try {
    const [version, safe] = readMembers(expectTag(readBer(bytes), tags.sequence));
    return readSmallInteger(version) === 3 && safe?.tag === tags.sequence;
  } catch {
    return false;
  }
}

/**
 * Opens a PKCS#12 file (RFC 7292, 4): those of today with AES, and the older ones with 3DES and RC2.
 * All its parts, and both forms of an empty password, share one effort.
 * @param what `certificates` leaves the private keys encrypted and out of the result
 * @throws Locked when the password is wrong, or the encryption is not known
 * @throws DerError when the bytes are no such file
 */
export function openPkcs12(
  bytes: Uint8Array,
  password: string,
  what: 'certificates' | 'everything',
): Pkcs12 {
  const [, content, mac] = readMembers(expectTag(readBer(bytes), tags.sequence));
  const [type, value] = readMembers(content);
  // What is signed instead, with a certificate, is something that no usual program writes.
  if (readObjectId(type) !== DATA) throw new Locked('encryption');
  const safe = readOctets(readMembers(value)[0]);
  const effort = beginEffort();
  for (const secret of secretsOf(password)) {
    if (mac && !isAuthentic(mac, safe, secret, effort)) continue;
    const opened = openOrSkip(safe, { what, secret, effort });
    if (opened) return opened;
  }
  throw new Locked('password');
}

/** Programs write one part for certificates and one for keys, and few certificates and keys. */
const MOST_PARTS = 16;
const MOST_BAGS = 4000;

/** Opens the parts; undefined when the password is wrong, which without a MAC shows only now. */
function openOrSkip(safe: Uint8Array, opening: Opening): Pkcs12 | undefined {
  const opened = { certificates: [] as Uint8Array[], keys: [] as Uint8Array[], bags: 0 };
  const parts = readMembers(expectTag(readBer(safe), tags.sequence));
  if (parts.length > MOST_PARTS) throw new DerError('too many parts');
  try {
    for (const part of parts) {
      takeBags(readBer(openPart(part, opening)), opened, opening, 0);
    }
    return opened;
  } catch (error) {
    if (error instanceof Locked && error.reason === 'password') return undefined;
    throw error;
  }
}

/** Checks the file's MAC, of PKCS#12's own kind or of RFC 9579's. */
function isAuthentic(mac: DerValue, safe: Uint8Array, secret: Secret, effort: Effort): boolean {
  const [info, salt, count] = readMembers(mac);
  const [algorithm, expected] = readMembers(info);
  const [oid, parameters] = readMembers(algorithm);
  const id = readObjectId(oid);
  const digest = (hash: string, key: Buffer) => createHmac(hash, key).update(safe).digest();
  const isEqual = (actual: Buffer) => {
    const octets = readOctets(expected);
    return octets.length === actual.length && timingSafeEqual(actual, octets);
  };
  if (id === PBMAC1) {
    const [derivation, scheme] = readMembers(parameters);
    const hash = HASHES[readObjectId(readMembers(scheme)[0])];
    if (hash === undefined) throw new Locked('encryption');
    const [, , length] = readMembers(readMembers(derivation)[1]);
    const size = length?.tag === tags.integer ? readSmallInteger(length) : 32;
    if (size > 128) throw new Locked('encryption');
    return isEqual(digest(hash, deriveByScheme(derivation, size, secret, effort)));
  }
  const hash = HASHES[id];
  if (hash === undefined) throw new Locked('encryption');
  const rounds = count ? readSmallInteger(count) : 1;
  const size = digest(hash, Buffer.alloc(1)).length;
  const rest = { password: secret.utf16, salt: readOctets(salt), rounds, hash };
  return isEqual(digest(hash, deriveKey({ ...rest, purpose: 3, size }, effort)));
}

function openPart(part: DerValue, { secret, effort }: Opening): Uint8Array {
  const [type, value] = readMembers(part);
  const [content] = readMembers(value);
  switch (readObjectId(type)) {
    case DATA:
      return readOctets(content);
    case ENCRYPTED_DATA: {
      const [, info] = readMembers(content);
      const [, algorithm, encrypted] = readMembers(info);
      return decrypt(algorithm, readOctets(encrypted), secret, effort);
    }
    default:
      throw new Locked('encryption');
  }
}

interface Opening {
  readonly what: 'certificates' | 'everything';
  readonly secret: Secret;
  readonly effort: Effort;
}

/** Bags within bags are allowed; nobody nests them deeper than this. */
const DEEPEST = 4;

function takeBags(
  contents: DerValue,
  into: { certificates: Uint8Array[]; keys: Uint8Array[]; bags: number },
  opening: Opening,
  depth: number,
): void {
  if (depth > DEEPEST) throw new DerError('nested bags');
  const { what, secret, effort } = opening;
  for (const bag of readMembers(expectTag(contents, tags.sequence))) {
    into.bags += 1;
    if (into.bags > MOST_BAGS) throw new DerError('too many bags');
    const [oid, holder] = readMembers(bag);
    const [value] = readMembers(holder);
    switch (readObjectId(oid)) {
      case `${BAGS}3`: {
        const [kind, octets] = readMembers(value);
        if (readObjectId(kind) !== X509) break;
        into.certificates.push(new Uint8Array(readOctets(readMembers(octets)[0])));
        break;
      }
      case `${BAGS}1`:
        if (value && what === 'everything') into.keys.push(value.raw);
        break;
      case `${BAGS}2`: {
        if (what !== 'everything') break;
        const [algorithm, encrypted] = readMembers(value);
        into.keys.push(decrypt(algorithm, readOctets(encrypted), secret, effort));
        break;
      }
      case `${BAGS}6`:
        if (value) takeBags(value, into, opening, depth + 1);
    }
  }
}
