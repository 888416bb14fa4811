import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';

/** A certificate with its key, as PEM. */
export interface Issued {
  readonly certPem: string;
  readonly keyPem: string;
  /** SHA-256 of the DER bytes, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** What a certificate of the lab says; everything has a sensible default. */
export interface CertificateWish {
  readonly commonName?: string;
  /** DNS names and IP addresses of the subject alternative name; an empty list leaves the extension out. */
  readonly names?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const hour = 3_600_000;

function newKeys(): { readonly keyPem: string; readonly publicPem: string } {
  // Node makes RSA keys much faster than forge does.
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { keyPem: privateKey, publicPem: publicKey };
}

function draft(publicPem: string, wish: CertificateWish): forge.pki.Certificate {
  const cert = forge.pki.createCertificate();
  cert.publicKey = forge.pki.publicKeyFromPem(publicPem);
  // First digit below 8: a serial number is a positive integer (RFC 5280, 4.1.2.2).
  cert.serialNumber = `5a${randomBytes(15).toString('hex')}`;
  cert.validity.notBefore = wish.notBefore ?? new Date(Date.now() - hour);
  cert.validity.notAfter = wish.notAfter ?? new Date(Date.now() + 365 * 24 * hour);
  return cert;
}

const subjectOf = (commonName: string) => [
  { name: 'organizationName', value: 'Regent lab' },
  { name: 'commonName', value: commonName },
];

function sign(cert: forge.pki.Certificate, signerKeyPem: string, keyPem: string): Issued {
  cert.sign(forge.pki.privateKeyFromPem(signerKeyPem), forge.md.sha256.create());
  const certPem = forge.pki.certificateToPem(cert).replaceAll('\r\n', '\n');
  const sha256 = new X509Certificate(certPem).fingerprint256.replaceAll(':', '').toLowerCase();
  return { certPem, keyPem, sha256 };
}

function subjectAltName(names: readonly string[]): readonly object[] {
  if (names.length === 0) return [];
  const altNames = names.map((name) =>
    isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name },
  );
  return [{ name: 'subjectAltName', altNames }];
}

/** A fresh certificate authority that no machine knows. */
export function issueAuthority(wish: CertificateWish = {}): Issued {
  const keys = newKeys();
  const cert = draft(keys.publicPem, wish);
  const subject = subjectOf(wish.commonName ?? `Regent lab CA ${randomBytes(3).toString('hex')}`);
  cert.setSubject(subject);
  cert.setIssuer(subject);
  cert.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  return sign(cert, keys.keyPem, keys.keyPem);
}

/** A server certificate from that authority. */
export function issueServer(authority: Issued, wish: CertificateWish): Issued {
  const keys = newKeys();
  const cert = draft(keys.publicPem, wish);
  cert.setSubject(subjectOf(wish.commonName ?? wish.names?.[0] ?? 'server'));
  cert.setIssuer(forge.pki.certificateFromPem(authority.certPem).subject.attributes);
  cert.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    ...subjectAltName(wish.names ?? []),
  ]);
  return sign(cert, authority.keyPem, keys.keyPem);
}

/** A server certificate that is its own issuer, as `openssl req -x509 -addext subjectAltName=…` makes it. */
export function issueSelfSigned(wish: CertificateWish): Issued {
  const keys = newKeys();
  const cert = draft(keys.publicPem, wish);
  const subject = subjectOf(wish.commonName ?? wish.names?.[0] ?? 'server');
  cert.setSubject(subject);
  cert.setIssuer(subject);
  cert.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    ...subjectAltName(wish.names ?? []),
  ]);
  return sign(cert, keys.keyPem, keys.keyPem);
}
