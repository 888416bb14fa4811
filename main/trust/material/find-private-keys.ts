import { createPrivateKey, type KeyObject } from 'node:crypto';
import { DerError, expectTag, readObjectId, tags } from '../x509/der.ts';
import { readBer, readMembers, readOctets } from './ber.ts';
import { decrypt } from './decrypt.ts';
import { beginEffort, type Effort, Locked, secretsOf } from './locked.ts';
import { findBlocks, isPrivateKey, type LabelledBlock } from './pem-blocks.ts';
import { looksLikePkcs12, openPkcs12 } from './pkcs12.ts';
import { textOf } from './text-of.ts';

/** A file of one client has one key; some hold an older one too. */
const MOST_KEYS = 16;

/** In bytes; RSA with 16,384 bits takes 9 KiB. */
const LONGEST_KEY = 16 * 1024;

/** What TLS uses: RSA (also for PSS only), EC, Ed25519, Ed448. To read one of DSA can take forever. */
const ALGORITHMS = new Set([
  ...['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10', '1.2.840.10045.2.1'],
  ...['1.3.101.112', '1.3.101.113'],
]);

interface Opening {
  readonly password: string | undefined;
  readonly effort: Effort;
}

/**
 * Finds the private keys of a file: PEM or DER, PKCS#8 (encrypted or not), PKCS#1, SEC 1, or PKCS#12.
 * @throws Locked when the password is missing or wrong, or the encryption is not known
 * @throws DerError for bytes that are no key, and for more keys than anybody has
 */
export function findPrivateKeys(
  bytes: Uint8Array,
  password: string | undefined,
): readonly KeyObject[] {
  const text = textOf(bytes);
  const opening: Opening = { password, effort: beginEffort() };
  if (text.includes('-----BEGIN ')) {
    const blocks = limited(findBlocks(text).filter(isPrivateKey));
    return blocks.map((block) => readBlock(block, opening));
  }
  if (looksLikePkcs12(bytes)) {
    const { keys } = openPkcs12(bytes, password ?? '', 'everything');
    return limited(keys).map((key) => readKey(key, 'pkcs8'));
  }
  return readBare(bytes, opening);
}

function limited<T>(keys: readonly T[]): readonly T[] {
  if (keys.length > MOST_KEYS) throw new DerError('too many keys');
  return keys;
}

function readBlock({ label, der, text }: LabelledBlock, opening: Opening): KeyObject {
  if (label === 'ENCRYPTED PRIVATE KEY') return readKey(decryptKey(der, opening), 'pkcs8');
  if (label === 'PRIVATE KEY') return readKey(der, 'pkcs8');
  if (label !== 'RSA PRIVATE KEY' && label !== 'EC PRIVATE KEY') throw new DerError('kind of key');
  // OpenSSL's form from before PKCS#8: the header says how it is encrypted.
  if (!/^Proc-Type: 4,ENCRYPTED/m.test(text)) return createPrivateKey(text);
  const { password } = opening;
  if (password === undefined) throw new Locked('password');
  try {
    return createPrivateKey({ key: text, passphrase: password });
  } catch {
    throw new Locked('password');
  }
}

type KeyForm = 'pkcs8' | 'pkcs1' | 'sec1';

function readBare(bytes: Uint8Array, opening: Opening): readonly KeyObject[] {
  const [first] = readMembers(expectTag(readBer(bytes), tags.sequence));
  if (first?.tag === tags.sequence) {
    // An algorithm begins with its identifier; what begins otherwise is no encrypted key, but a certificate, say.
    const isAlgorithm = readMembers(first)[0]?.tag === tags.objectId;
    return isAlgorithm ? [readKey(decryptKey(bytes, opening), 'pkcs8')] : [];
  }
  for (const form of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    try {
      return [readKey(bytes, form)];
    } catch {
      // Not that one.
    }
  }
  return [];
}

function readKey(der: Uint8Array, type: KeyForm): KeyObject {
  if (der.length > LONGEST_KEY) throw new DerError('long key');
  if (type === 'pkcs8') {
    const [, algorithm] = readMembers(expectTag(readBer(der), tags.sequence));
    const [oid] = readMembers(algorithm);
    if (!ALGORITHMS.has(readObjectId(oid))) throw new DerError('kind of key');
  }
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type });
}

/** Opens an EncryptedPrivateKeyInfo (RFC 5958, 3). */
function decryptKey(der: Uint8Array, { password, effort }: Opening): Uint8Array {
  const [algorithm, encrypted] = readMembers(expectTag(readBer(der), tags.sequence));
  const [secret] = secretsOf(password ?? '');
  if (!secret || password === undefined) throw new Locked('password');
  return decrypt(algorithm, readOctets(encrypted), secret, effort);
}
