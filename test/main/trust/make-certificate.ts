import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { writePem } from '../../../main/trust/x509/pem.ts';
import {
  type ReadCertificate,
  readCertificate,
} from '../../../main/trust/x509/read-certificate.ts';
import {
  bits,
  bool,
  extension,
  generalName,
  int,
  nameOf,
  oid,
  seq,
  subtree,
  time,
  tlv,
} from './write-der.ts';

// Certificates of any kind, also wrong ones, written in DER by hand: forge makes RSA only, and only sane ones.

/** What a certificate says; everything has a sensible default for a server named reg.test. */
export interface Wish {
  /** Common name; empty leaves it out. */
  readonly cn?: string;
  /** Organization; empty leaves it out. */
  readonly o?: string;
  readonly key?: KeyKind;
  /** Certifies the key of this one instead of a new key. */
  readonly keyOf?: Made;
  /** The issuer; itself when not given. */
  readonly by?: Made;
  /** Alternative names, as `generalName` takes them; `null` leaves the extension out. */
  readonly names?: readonly string[] | null;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** -128 to 127; a number of its own when not given. */
  readonly serial?: number;
  /** 1 has no extensions. */
  readonly version?: 1 | 3;
  /** basicConstraints; `null` leaves it out. */
  readonly ca?: boolean | null;
  readonly pathLength?: number;
  /** keyUsage bits as one octet: 0x04 certSign, 0x02 cRLSign, 0x80 digitalSignature. */
  readonly keyUsage?: number;
  readonly eku?: readonly string[];
  readonly hash?: Hash;
  /** Object identifier of a critical extension. */
  readonly critical?: string;
  readonly permitted?: readonly string[];
  readonly excluded?: readonly string[];
  /** Further extensions, as they are. */
  readonly extra?: readonly Uint8Array[];
  readonly keyIds?: { readonly subject?: string; readonly authority?: string };
  /** Where it says that its issuer's certificate is. */
  readonly issuersAt?: readonly string[];
}

/** A kind of key; `ec` is P-256, `rsa` has 2048 bits. */
export type KeyKind =
  | 'rsa'
  | 'rsa512'
  | 'rsa1024'
  | 'ec'
  | 'p384'
  | 'p521'
  | 'secp256k1'
  | 'ed25519'
  | 'ed448';

/** `pss-…` is RSASSA-PSS, for an issuer with an RSA key. */
type Hash = 'sha256' | 'sha384' | 'sha512' | 'sha1' | 'md5' | 'pss-sha256' | 'pss-sha1';

/** A certificate with its key. */
export interface Made {
  readonly cert: ReadCertificate;
  readonly der: Uint8Array;
  readonly pem: string;
  readonly keyPem: string;
  readonly key: KeyObject;
}

function newKey(kind: KeyKind): KeyObject {
  switch (kind) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    case 'rsa512':
      return generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
    case 'rsa1024':
      return generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'p384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    case 'p521':
      return generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey;
    case 'secp256k1':
      return generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
    case 'ed448':
      return generateKeyPairSync('ed448').privateKey;
  }
}

type PlainHash = Exclude<Hash, `pss-${string}`>;

/** Last numbers of the identifiers of RFC 8017 (RSA) and RFC 5758 (ECDSA); nobody made one for ECDSA with MD5. */
const RSA_HASHES = { sha256: '11', sha384: '12', sha512: '13', sha1: '5', md5: '4' } as const;
const EC_HASHES = { sha256: '3.2', sha384: '3.3', sha512: '3.4', sha1: '1', md5: '0' } as const;
const PSS_HASHES = { sha256: '2.16.840.1.101.3.4.2.1', sha1: '1.3.14.3.2.26' } as const;

const isPss = (hash: Hash): hash is 'pss-sha256' | 'pss-sha1' => hash.startsWith('pss-');
const plainHash = (hash: Hash): PlainHash =>
  isPss(hash) ? (hash === 'pss-sha1' ? 'sha1' : 'sha256') : hash;
const saltLength = (hash: PlainHash) => (hash === 'sha1' ? 20 : 32);

function algorithmOf(key: KeyObject, hash: Hash): Buffer {
  if (isPss(hash)) return pssOf(hash === 'pss-sha1' ? 'sha1' : 'sha256');
  if (key.asymmetricKeyType === 'rsa') {
    return seq(oid(`1.2.840.113549.1.1.${RSA_HASHES[hash]}`), tlv(0x05));
  }
  if (key.asymmetricKeyType === 'ed25519') return seq(oid('1.3.101.112'));
  if (key.asymmetricKeyType === 'ed448') return seq(oid('1.3.101.113'));
  return seq(oid(`1.2.840.10045.4.${EC_HASHES[hash]}`));
}

function pssOf(hash: 'sha256' | 'sha1'): Buffer {
  const hashed = seq(oid(PSS_HASHES[hash]), tlv(0x05));
  const parameters = seq(
    tlv(0xa0, hashed),
    tlv(0xa1, seq(oid('1.2.840.113549.1.1.8'), hashed)),
    tlv(0xa2, int(saltLength(hash))),
  );
  return seq(oid('1.2.840.113549.1.1.10'), parameters);
}

function signWith(key: KeyObject, hash: Hash, bytes: Uint8Array): Buffer {
  if (key.asymmetricKeyType?.startsWith('ed')) return sign(null, bytes, key);
  const plain = plainHash(hash);
  if (!isPss(hash)) return sign(plain, bytes, key);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(plain, bytes, { key, padding, saltLength: saltLength(plain) });
}

function extensionsOf(wish: Wish): Buffer {
  const { names = ['reg.test'], ca = false, pathLength, keyUsage, eku, critical, keyIds } = wish;
  const { permitted = [], excluded = [] } = wish;
  const limit = pathLength === undefined ? [] : [int(pathLength)];
  const list = [
    ...(wish.extra ?? []),
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
    ...(wish.issuersAt ? [extension('1.3.6.1.5.5.7.1.1', issuersAt(wish.issuersAt))] : []),
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

const issuersAt = (urls: readonly string[]) =>
  seq(...urls.map((url) => seq(oid('1.3.6.1.5.5.7.48.2'), tlv(0x86, Buffer.from(url)))));

let serial = 1;

/** Makes a certificate. */
export function make(wish: Wish = {}): Made {
  const key = wish.keyOf?.key ?? newKey(wish.key ?? 'ec');
  const signer = wish.by?.key ?? key;
  const hash = wish.hash ?? 'sha256';
  const subject = nameOf({ o: wish.o ?? 'Lab', cn: wish.cn ?? 'reg.test' });
  serial += 1;
  const tbs = seq(
    ...(wish.version === 1 ? [] : [tlv(0xa0, int(2))]),
    int(wish.serial ?? serial & 0x7f),
    algorithmOf(signer, hash),
    wish.by?.cert.subject ?? subject,
    seq(
      time(wish.notBefore ?? '2026-01-01T00:00:00Z'),
      time(wish.notAfter ?? '2027-01-01T00:00:00Z'),
    ),
    subject,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    ...(wish.version === 1 ? [] : [extensionsOf(wish)]),
  );
  const signature = signWith(signer, hash, tbs);
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
