import type { KeyObject } from 'node:crypto';
import { RegentError } from '../../../shared/errors/index.ts';
import { DerError } from '../x509/der.ts';
import { isSelfIssued } from '../x509/describe-certificate.ts';
import { nameInOneLine } from '../x509/names.ts';
import { writePem } from '../x509/pem.ts';
import { type ReadCertificate, readCertificate } from '../x509/read-certificate.ts';
import { ClientPair } from './client-pair.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { Locked } from './locked.ts';
import { findBlocks } from './pem-blocks.ts';
import { certificatesOfPkcs7, looksLikePkcs7 } from './pkcs7.ts';
import { looksLikePkcs12, openPkcs12 } from './pkcs12.ts';
import { textOf } from './text-of.ts';

/** The bytes of a client certificate and its key, and where they came from. */
export interface ClientFiles {
  readonly certificate: Uint8Array;
  /** May be the very same file as `certificate`. */
  readonly key: Uint8Array;
  readonly password?: string | undefined;
  /** For the words. */
  readonly certificatePath: string;
  readonly keyPath: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** In bytes. */
const FILE_LIMIT = 512 * 1024;

/** A client's certificate and its issuers are a handful; putting thousands in their order takes time. */
const MOST_CERTIFICATES = 100;

/** Why a pair can't be used; the words are in the catalogue under `CLIENT_CERT_INVALID`. */
type Reason =
  | 'noCertificate'
  | 'noKey'
  | 'mismatch'
  | 'expired'
  | 'notYetValid'
  | 'passwordNeeded'
  | 'passwordWrong'
  | 'encryption'
  | 'tooBig'
  | 'unreadable';

/**
 * Reads a client certificate with its key, from PEM, DER or PKCS#12, and checks that they belong together and
 * are valid now. The key is never in an error.
 * @throws RegentError `CLIENT_CERT_INVALID`
 */
export function readClientPair(files: ClientFiles): ClientPair {
  const { certificatePath, keyPath, now, password } = files;
  const certificates = within(certificatePath, password, () => {
    return certificatesOf(limited(files.certificate, certificatePath), password);
  });
  if (certificates.length === 0) throw invalid(certificatePath, 'noCertificate');
  if (certificates.length > MOST_CERTIFICATES) throw invalid(certificatePath, 'tooBig');
  const keys = within(keyPath, password, () =>
    findPrivateKeys(limited(files.key, keyPath), password),
  );
  if (keys.length === 0) throw invalid(keyPath, 'noKey');
  const pairs = certificates.flatMap((certificate) =>
    keys.filter((key) => belongs(certificate, key)).map((key) => ({ certificate, key })),
  );
  const pair = pairs.find(({ certificate }) => isValid(certificate, now)) ?? pairs[0];
  if (!pair) throw invalid(keyPath, 'mismatch');
  const { certificate, key } = pair;
  if (now > certificate.notAfter) throw invalid(certificatePath, 'expired');
  if (now < certificate.notBefore) throw invalid(certificatePath, 'notYetValid');
  return new ClientPair({
    certificatePem: chainFrom(certificate, certificates)
      .map(({ der }) => writePem(der))
      .join(''),
    keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sha256: certificate.sha256,
    subject: nameInOneLine(certificate.subject),
    notAfter: new Date(certificate.notAfter).toISOString(),
  });
}

function invalid(path: string, reason: Reason, cause?: unknown) {
  return new RegentError('CLIENT_CERT_INVALID', { path, reason }, cause);
}

function limited(bytes: Uint8Array, path: string): Uint8Array {
  if (bytes.length > FILE_LIMIT) throw invalid(path, 'tooBig');
  return bytes;
}

function within<T>(path: string, password: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RegentError) throw error;
    if (error instanceof Locked && error.reason === 'password') {
      throw invalid(path, password === undefined ? 'passwordNeeded' : 'passwordWrong');
    }
    if (error instanceof Locked) throw invalid(path, 'encryption');
    // Only errors of our own readers become a cause: others might quote what they were given.
    throw invalid(path, 'unreadable', error instanceof DerError ? error : undefined);
  }
}

function certificatesOf(
  bytes: Uint8Array,
  password: string | undefined,
): readonly ReadCertificate[] {
  return dersOf(bytes, password).flatMap((der) => {
    try {
      return [readCertificate(der)];
    } catch {
      return [];
    }
  });
}

function dersOf(bytes: Uint8Array, password: string | undefined): readonly Uint8Array[] {
  const text = textOf(bytes);
  if (text.includes('-----BEGIN ')) {
    return findBlocks(text).flatMap(({ label, der }) => (label === 'CERTIFICATE' ? [der] : []));
  }
  if (looksLikePkcs12(bytes)) return openPkcs12(bytes, password ?? '', 'certificates').certificates;
  return looksLikePkcs7(bytes) ? certificatesOfPkcs7(bytes) : [bytes];
}

function belongs({ native }: ReadCertificate, key: KeyObject): boolean {
  try {
    return native.checkPrivateKey(key);
  } catch {
    return false;
  }
}

function isValid({ notBefore, notAfter }: ReadCertificate, now: number): boolean {
  return notBefore <= now && now <= notAfter;
}

/** The certificate and, of the others, its issuers in their order; without the root, which the server has. */
function chainFrom(
  leaf: ReadCertificate,
  others: readonly ReadCertificate[],
): readonly ReadCertificate[] {
  const chain = [leaf];
  for (let last = leaf; !isSelfIssued(last); ) {
    const { issuer } = last;
    const next = others.find(
      (other) => Buffer.compare(other.subject, issuer) === 0 && !chain.includes(other),
    );
    if (!next || isSelfIssued(next)) break;
    chain.push(next);
    last = next;
  }
  return chain;
}
