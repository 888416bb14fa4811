import type { KeyObject } from 'node:crypto';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { formatIp } from './ip.ts';
import { nameInOneLine } from './names.ts';
import { writePem } from './pem.ts';
import type { ReadCertificate } from './read-certificate.ts';

/** What a person needs to know of a certificate. */
export function describeCertificate(certificate: ReadCertificate): Certificate {
  return {
    sha256: certificate.sha256,
    subject: nameInOneLine(certificate.subject),
    issuer: nameInOneLine(certificate.issuer),
    dnsNames: certificate.alternativeNames?.dnsNames ?? [],
    ipAddresses: certificate.alternativeNames?.ips.map(formatIp) ?? [],
    notBefore: new Date(certificate.notBefore).toISOString(),
    notAfter: new Date(certificate.notAfter).toISOString(),
    isCa: certificate.basicConstraints?.isCa ?? false,
    selfIssued: isSelfIssued(certificate),
    keyType: describeKey(publicKeyOf(certificate)),
    signature: certificate.signature.name,
    pem: writePem(certificate.der),
  };
}

/** Whether the certificate names itself as its issuer. */
export function isSelfIssued({ subject, issuer }: ReadCertificate): boolean {
  return Buffer.compare(subject, issuer) === 0;
}

/** The certificate's public key; undefined for kinds of keys that this runtime can't read. */
export function publicKeyOf({ native }: ReadCertificate): KeyObject | undefined {
  try {
    return native.publicKey;
  } catch {
    return undefined;
  }
}

const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp224r1: 'P-224',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

function describeKey(key: KeyObject | undefined): string {
  const details = key?.asymmetricKeyDetails;
  const curve = details?.namedCurve ?? '';
  switch (key?.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
      return `RSA ${details?.modulusLength ?? ''}`.trim();
    case 'ec':
      return `EC ${CURVES[curve] ?? curve}`.trim();
    case 'ed25519':
      return 'Ed25519';
    default:
      return key?.asymmetricKeyType ?? '?';
  }
}
