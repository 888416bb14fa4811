import { createDecipheriv } from 'node:crypto';
import forge from 'node-forge';
import { type DerValue, readObjectId, readSmallInteger } from '../x509/der.ts';
import { readMembers, readOctets } from './ber.ts';
import { deriveByScheme } from './derive-by-scheme.ts';
import { deriveKey } from './derive-key.ts';
import { type Effort, Locked, type Secret } from './locked.ts';

interface Cipher {
  /** OpenSSL's name, or RC2 with its effective key length in bits. */
  readonly name: string;
  /** In bytes. */
  readonly key: number;
  readonly iv: number;
}

const CIPHERS: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16, iv: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24, iv: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32, iv: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24, iv: 8 },
};

/** The ciphers of RFC 7292, appendix C, that are no stream ciphers. */
const OLD_CIPHERS: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', key: 24, iv: 8 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', key: 16, iv: 8 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2-128', key: 16, iv: 8 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2-40', key: 5, iv: 8 },
};

const PBES2 = '1.2.840.113549.1.5.13';

/**
 * Decrypts what was encrypted with a password: PBES2 with AES or 3DES (RFC 8018), or PKCS#12's own schemes with
 * 3DES and RC2 (RFC 7292, C).
 * @param algorithm the AlgorithmIdentifier
 * @throws Locked, DerError
 */
export function decrypt(
  algorithm: DerValue | undefined,
  encrypted: Uint8Array,
  secret: Secret,
  effort: Effort,
): Uint8Array {
  const [oid, parameters] = readMembers(algorithm);
  const id = readObjectId(oid);
  if (id === PBES2) {
    const [derivation, scheme] = readMembers(parameters);
    const [cipherId, iv] = readMembers(scheme);
    const cipher = CIPHERS[readObjectId(cipherId)];
    if (!cipher) throw new Locked('encryption');
    const key = deriveByScheme(derivation, cipher.key, secret, effort);
    return runCipher(cipher, key, readOctets(iv), encrypted);
  }
  const cipher = OLD_CIPHERS[id];
  if (!cipher) throw new Locked('encryption');
  const [salt, count] = readMembers(parameters);
  const rounds = readSmallInteger(count);
  const rest = { password: secret.utf16, salt: readOctets(salt), rounds, hash: 'sha1' };
  const key = deriveKey({ ...rest, purpose: 1, size: cipher.key }, effort);
  const iv = deriveKey({ ...rest, purpose: 2, size: cipher.iv }, effort);
  if (cipher.name.startsWith('rc2-')) effort.spend(RC2_BYTE * encrypted.length);
  return runCipher(cipher, key, iv, encrypted);
}

function runCipher(cipher: Cipher, key: Buffer, iv: Uint8Array, encrypted: Uint8Array): Uint8Array {
  if (iv.length !== cipher.iv) throw new Locked('encryption');
  const { name } = cipher;
  if (name.startsWith('rc2-')) return decryptRc2(Number(name.slice(4)), key, iv, encrypted);
  const isTwoKeys = name === 'des-ede-cbc';
  // Two keys are three of which the first comes back as the last.
  const whole = isTwoKeys ? Buffer.concat([key, key.subarray(0, 8)]) : key;
  const decipher = openCipher(isTwoKeys ? 'des-ede3-cbc' : name, whole, iv);
  try {
    return Buffer.concat([decipher.update(encrypted), decipher.final()]);
  } catch {
    // The padding is wrong, so the key is.
    throw new Locked('password');
  }
}

function openCipher(name: string, key: Uint8Array, iv: Uint8Array) {
  try {
    return createDecipheriv(name, key, iv);
  } catch {
    throw new Locked('encryption');
  }
}

/** What a byte of RC2 takes, in units of {@link Effort}. */
const RC2_BYTE = 10;

/** Forge takes the longer for each byte the more came before; a new start from the last block helps. In bytes. */
const RC2_PIECE = 1024;

/** RC2 by forge: OpenSSL 3 hides it among its legacy, BoringSSL lacks it. */
function decryptRc2(
  bits: number,
  key: Uint8Array,
  iv: Uint8Array,
  encrypted: Uint8Array,
): Uint8Array {
  if (encrypted.length % iv.length !== 0) throw new Locked('password');
  const decipher = forge.rc2.createDecryptionCipher(binary(key), bits);
  const pieces: Buffer[] = [];
  let last = iv;
  for (let at = 0; at < encrypted.length; at += RC2_PIECE) {
    const piece = encrypted.subarray(at, at + RC2_PIECE);
    decipher.start(binary(last));
    decipher.update(forge.util.createBuffer(binary(piece)));
    pieces.push(Buffer.from(decipher.output.getBytes(), 'latin1'));
    last = piece.subarray(-iv.length);
  }
  return withoutPadding(Buffer.concat(pieces), iv.length);
}

/** Takes off the padding of RFC 8018, 6.1.1. @throws Locked when it is wrong, so that the key is */
function withoutPadding(bytes: Buffer, block: number): Buffer {
  const count = bytes.at(-1) ?? 0;
  const padding = bytes.subarray(-count);
  const isRight = count >= 1 && count <= block && padding.every((octet) => octet === count);
  if (!isRight) throw new Locked('password');
  return bytes.subarray(0, bytes.length - count);
}

const binary = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
