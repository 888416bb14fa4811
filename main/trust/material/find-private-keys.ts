import { createPrivateKey, type KeyObject } from 'node:crypto';
import { expectTag, tags } from '../x509/der.ts';
import { readBer, readMembers, readOctets } from './ber.ts';
import { decrypt } from './decrypt.ts';
import { beginEffort, Locked, secretsOf } from './locked.ts';
import { findBlocks, isPrivateKey, type LabelledBlock } from './pem-blocks.ts';
import { looksLikePkcs12, openPkcs12 } from './pkcs12.ts';
import { textOf } from './text-of.ts';

/**
 * Finds the private keys of a file: PEM or DER, PKCS#8 (encrypted or not), PKCS#1, SEC 1, or PKCS#12.
 * @throws Locked when the password is missing or wrong, or the encryption is not known
 * @throws DerError for bytes that are no key
 */
export function findPrivateKeys(
  bytes: Uint8Array,
  password: string | undefined,
): readonly KeyObject[] {
  const text = textOf(bytes);
  if (text.includes('-----BEGIN ')) {
    return findBlocks(text)
      .filter(isPrivateKey)
      .map((block) => readBlock(block, password));
  }
  if (looksLikePkcs12(bytes)) {
    return openPkcs12(bytes, password ?? '', 'everything').keys.map((key) => readKey(key, 'pkcs8'));
  }
  return readBare(bytes, password);
}

function readBlock({ label, der, text }: LabelledBlock, password: string | undefined): KeyObject {
  if (label === 'ENCRYPTED PRIVATE KEY') return readKey(decryptKey(der, password), 'pkcs8');
  // OpenSSL's form from before PKCS#8: the header says how it is encrypted.
  if (!/^Proc-Type: 4,ENCRYPTED/m.test(text)) return createPrivateKey(text);
  if (password === undefined) throw new Locked('password');
  try {
    return createPrivateKey({ key: text, passphrase: password });
  } catch {
    throw new Locked('password');
  }
}

type KeyForm = 'pkcs8' | 'pkcs1' | 'sec1';

function readBare(bytes: Uint8Array, password: string | undefined): readonly KeyObject[] {
  const [first] = readMembers(expectTag(readBer(bytes), tags.sequence));
  if (first?.tag === tags.sequence) {
    // An algorithm begins with its identifier; what begins otherwise is no encrypted key, but a certificate, say.
    const isAlgorithm = readMembers(first)[0]?.tag === tags.objectId;
    return isAlgorithm ? [readKey(decryptKey(bytes, password), 'pkcs8')] : [];
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
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type });
}

/** Opens an EncryptedPrivateKeyInfo (RFC 5958, 3). */
function decryptKey(der: Uint8Array, password: string | undefined): Uint8Array {
  const [algorithm, encrypted] = readMembers(expectTag(readBer(der), tags.sequence));
  const [secret] = secretsOf(password ?? '');
  if (!secret || password === undefined) throw new Locked('password');
  return decrypt(algorithm, readOctets(encrypted), secret, beginEffort());
}
