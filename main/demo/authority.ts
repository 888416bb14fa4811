import { generateKeyPair, randomBytes, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A server's identity with the authority that vouches for it. Everything is PEM; `caSha256` is of the CA's DER bytes. */
export interface Identity {
  readonly key: string;
  /** The server's certificate, then the CA's. */
  readonly chain: string;
  readonly caPem: string;
  readonly caSha256: string;
}

const DAY = 86_400_000;
const makeKeys = promisify(generateKeyPair);

/**
 * Issues a server certificate for this machine's own names by a fresh CA, both RSA 2048 with SHA-256 and
 * valid for 30 days. The CA's key is forgotten at once. Keys are made off the main thread.
 * @param now milliseconds since 1970
 */
export async function issueIdentity(now: number): Promise<Identity> {
  const [authority, server] = await Promise.all([makeKey(), makeKey()]);
  const caName = [{ name: 'commonName', value: 'Regent demo CA' }];
  const ca = draft(authority, caName, caName, now);
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(forge.pki.privateKeyFromPem(authority.privateKey), forge.md.sha256.create());
  const leaf = draft(server, [{ name: 'commonName', value: 'Regent demo registry' }], caName, now);
  leaf.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: loopbackNames },
    { name: 'subjectKeyIdentifier' },
    {
      name: 'authorityKeyIdentifier',
      keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes(),
    },
  ]);
  leaf.sign(forge.pki.privateKeyFromPem(authority.privateKey), forge.md.sha256.create());
  const caPem = pemOf(ca);
  return {
    key: server.privateKey,
    chain: pemOf(leaf) + caPem,
    caPem,
    caSha256: new X509Certificate(caPem).fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** RFC 5280 4.2.1.6: 2 is a DNS name, 7 an IP address. */
const loopbackNames = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
  { type: 7, ip: '::1' },
];

interface KeyPem {
  readonly publicKey: string;
  readonly privateKey: string;
}

function makeKey(): Promise<KeyPem> {
  return makeKeys('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function draft(
  key: KeyPem,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  now: number,
): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(key.publicKey);
  // A leading 01 keeps the number positive and of full length (RFC 5280 4.1.2.2).
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(now - DAY);
  certificate.validity.notAfter = new Date(now + 30 * DAY);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
  return certificate;
}

function pemOf(certificate: forge.pki.Certificate): string {
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
