import { RegentError } from '../../../shared/errors/index.ts';
import { DerError, expectTag, readDer, readDerList, readSmallInteger, tags } from '../x509/der.ts';
import { holdsPrivateKey } from '../x509/pem.ts';
import { type ReadCertificate, readCertificate } from '../x509/read-certificate.ts';
import { Locked } from './locked.ts';
import { findBlocks, type LabelledBlock } from './pem-blocks.ts';
import { certificatesOfPkcs7, looksLikePkcs7 } from './pkcs7.ts';
import { looksLikePkcs12, openPkcs12 } from './pkcs12.ts';
import { textOf } from './text-of.ts';

/** Where a file came from, and the password that the user gave for it. */
export interface FileSource {
  /** For the words of an error only. */
  readonly path: string;
  readonly password?: string | undefined;
}

/** The certificates of a file that somebody was given. */
export interface AuthorityFile {
  readonly form: 'pem' | 'der' | 'pkcs7' | 'pkcs12';
  /** At least one; each once, in the order of the file. */
  readonly certificates: readonly ReadCertificate[];
}

/** The biggest file that is read, in bytes: ten times all authorities of a system. */
export const AUTHORITY_FILE_LIMIT = 2 * 1024 * 1024;

const MOST_CERTIFICATES = 2000;

interface Found {
  readonly form: AuthorityFile['form'];
  readonly ders: readonly Uint8Array[];
}

/**
 * Reads certificates in any usual form: PEM, DER, PKCS#7 and PKCS#12. Of the last, which usually holds a
 * private key too, only the certificates are taken and the key stays encrypted. Certificates of a bundle that
 * can't be read are passed over.
 * @throws RegentError `CA_FILE_INVALID`, `CA_FILE_UNSUPPORTED`, `CA_FILE_PASSWORD`, `CA_FILE_PRIVATE_KEY`
 */
export function readAuthorityFile(bytes: Uint8Array, source: FileSource): AuthorityFile {
  const { path } = source;
  if (bytes.length > AUTHORITY_FILE_LIMIT) {
    throw new RegentError('CA_FILE_UNSUPPORTED', { path, reason: 'tooBig' });
  }
  const { form, ders } = find(bytes, source);
  if (ders.length > MOST_CERTIFICATES) {
    throw new RegentError('CA_FILE_UNSUPPORTED', { path, reason: 'tooMany' });
  }
  const bySha256 = new Map(ders.flatMap(readOrSkip).map((each) => [each.sha256, each]));
  if (bySha256.size === 0) throw new RegentError('CA_FILE_INVALID', { path });
  return { form, certificates: [...bySha256.values()] };
}

/**
 * Reads certificates of a file that nobody chose, from a registry's own words or found lying about. PKCS#12, which
 * takes work to open, is not opened; authorities don't publish it (RFC 5280, 4.2.2.1).
 * @param path for the words of an error only
 * @throws RegentError as `readAuthorityFile`
 */
export function readOpenFile(bytes: Uint8Array, path: string): AuthorityFile {
  if (bytes.length <= AUTHORITY_FILE_LIMIT && looksLikePkcs12(bytes)) {
    throw new RegentError('CA_FILE_UNSUPPORTED', { path, reason: 'encryption' });
  }
  return readAuthorityFile(bytes, { path });
}

function find(bytes: Uint8Array, source: FileSource): Found {
  const { path } = source;
  const text = textOf(bytes);
  if (text.includes('-----BEGIN ')) return findInText(text, path);
  try {
    if (looksLikePkcs12(bytes)) return { form: 'pkcs12', ders: openCertificates(bytes, source) };
    if (looksLikePkcs7(bytes)) return { form: 'pkcs7', ders: certificatesOfPkcs7(bytes) };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new RegentError('CA_FILE_INVALID', { path }, error);
  }
  if (looksLikeKey(bytes)) throw new RegentError('CA_FILE_PRIVATE_KEY', { path });
  return { form: 'der', ders: [bytes] };
}

const CERTIFICATES = new Set(['CERTIFICATE', 'X509 CERTIFICATE']);
const MESSAGES = new Set(['PKCS7', 'CMS', 'PKCS #7 SIGNED DATA']);

function findInText(text: string, path: string): Found {
  if (holdsPrivateKey(text)) throw new RegentError('CA_FILE_PRIVATE_KEY', { path });
  const blocks = findBlocks(text);
  const ders = blocks.flatMap(dersOf);
  if (ders.length === 0 && blocks.some(({ label }) => label === 'TRUSTED CERTIFICATE')) {
    throw new RegentError('CA_FILE_UNSUPPORTED', { path, reason: 'trusted' });
  }
  const isMessage = blocks.some(({ label }) => MESSAGES.has(label));
  return { form: isMessage ? 'pkcs7' : 'pem', ders };
}

function dersOf({ label, der }: LabelledBlock): readonly Uint8Array[] {
  if (CERTIFICATES.has(label)) return [der];
  if (!MESSAGES.has(label)) return [];
  try {
    return certificatesOfPkcs7(der);
  } catch {
    return [];
  }
}

function openCertificates(bytes: Uint8Array, { path, password }: FileSource) {
  try {
    return openPkcs12(bytes, password ?? '', 'certificates').certificates;
  } catch (error) {
    if (!(error instanceof Locked)) throw error;
    if (error.reason === 'encryption') {
      throw new RegentError('CA_FILE_UNSUPPORTED', { path, reason: 'encryption' }, error);
    }
    const reason = password === undefined ? 'needed' : 'wrong';
    throw new RegentError('CA_FILE_PASSWORD', { path, reason }, error);
  }
}

/** A private key in DER begins with its version, 0 or 1 (PKCS#1, PKCS#8, SEC 1); nothing else here does. */
function looksLikeKey(bytes: Uint8Array): boolean {
  try {
    const [version] = readDerList(expectTag(readDer(bytes), tags.sequence).body);
    return readSmallInteger(version) <= 1;
  } catch {
    return false;
  }
}

function readOrSkip(der: Uint8Array): readonly ReadCertificate[] {
  try {
    // A line end after it is no part of the certificate, and would change its fingerprint.
    return [readCertificate(new Uint8Array(readDer(der).raw))];
  } catch {
    return [];
  }
}
