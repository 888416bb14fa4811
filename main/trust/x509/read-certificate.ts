import { X509Certificate } from 'node:crypto';
import { RegentError } from '../../../shared/errors/index.ts';
import { type DerValue, expectTag, readDerList, readSequence, readTime, tags } from './der.ts';
import { type Extensions, readExtensions } from './extensions.ts';
import { sha256Of } from './fingerprint.ts';
import { type SignatureAlgorithm, signatureAlgorithm } from './signature-algorithms.ts';

/** A certificate, read as far as decisions about trust need it. */
export interface ReadCertificate extends Extensions {
  readonly der: Uint8Array;
  /** SHA-256 of the DER bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** 1, 2 or 3. */
  readonly version: number;
  /** Distinguished names in DER. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly signature: SignatureAlgorithm;
  /** Node's view of it, for keys and signatures. */
  readonly native: X509Certificate;
}

/** Reads a certificate of any key type. @throws RegentError `CERT_UNREADABLE` */
export function readCertificate(der: Uint8Array): ReadCertificate {
  try {
    return read(der);
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    throw new RegentError('CERT_UNREADABLE', { detail }, error);
  }
}

/** The members of the part that is signed, as far as the extensions, in their order. @throws DerError */
function readSigned(der: Uint8Array): { version: number; members: readonly DerValue[] } {
  const members = readDerList(expectTag(readSequence(der)[0], tags.sequence).body);
  const hasVersion = members[0]?.tag === 0xa0;
  const version = hasVersion ? (members[0]?.body.at(-1) ?? 0) + 1 : 1;
  return { version, members: hasVersion ? members.slice(1) : members };
}

/** Only the subject's name, for finding issuers among many certificates. @throws DerError */
export function readSubject(der: Uint8Array): Uint8Array {
  return expectTag(readSigned(der).members[4], tags.sequence).raw;
}

function read(der: Uint8Array): ReadCertificate {
  const { version, members } = readSigned(der);
  const [, algorithm, issuer, validity, subject] = members;
  const [notBefore, notAfter] = readDerList(expectTag(validity, tags.sequence).body);
  const [algorithmId, parameters] = readDerList(expectTag(algorithm, tags.sequence).body);
  return {
    ...readExtensions(members.find(({ tag }) => tag === 0xa3)),
    der,
    sha256: sha256Of(der),
    version,
    subject: expectTag(subject, tags.sequence).raw,
    issuer: expectTag(issuer, tags.sequence).raw,
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    signature: signatureAlgorithm(algorithmId, parameters),
    native: new X509Certificate(der),
  };
}
