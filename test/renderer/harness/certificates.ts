import type { Certificate } from '../../../shared/model/certificate.ts';

/** The two certificates that the harness's servers show. They are shown only, never used. */
export const caFingerprint = '4f9a1c77e0b2d35586aa90fe12cd34ab77889900aabbccddeeff0011223344c2';
export const leafFingerprint = '0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728394a5b6c7d8e9fa';

const base = {
  notBefore: '2026-02-01T00:00:00.000Z',
  notAfter: '2027-02-01T00:00:00.000Z',
  keyType: 'EC P-256',
  signature: 'ECDSA-SHA256',
  pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
} as const;

/** The certificate of an authority that only this network knows. */
export const ca: Certificate = {
  ...base,
  sha256: caFingerprint,
  subject: 'CN=Home Lab CA,O=Home Lab',
  issuer: 'CN=Home Lab CA,O=Home Lab',
  dnsNames: [],
  ipAddresses: [],
  isCa: true,
  selfIssued: true,
};

/** The authority that an imagined file holds. */
export const fileAuthority: Certificate = {
  ...ca,
  sha256: 'fa11'.repeat(16),
  subject: 'CN=Company Root,O=Company',
  issuer: 'CN=Company Root,O=Company',
};

/** The authority between, which an imagined server leaves out. */
export const intermediate: Certificate = {
  ...ca,
  sha256: '1a7e'.repeat(16),
  subject: 'CN=Lab Intermediate,O=Home Lab',
  selfIssued: false,
};

/** What an imagined server showed before. */
export function previousFor(host: string): Certificate {
  return {
    ...leafFor(host),
    sha256: '01d0'.repeat(16),
    keyType: 'RSA 2048',
    signature: 'SHA256-RSA',
    notBefore: '2025-02-01T00:00:00.000Z',
    notAfter: '2026-02-01T00:00:00.000Z',
  };
}

/** A server's certificate, issued by {@link ca}. */
export function leafFor(host: string): Certificate {
  return {
    ...base,
    sha256: leafFingerprint,
    subject: `CN=${host}`,
    issuer: ca.subject,
    dnsNames: [host],
    ipAddresses: ['192.168.1.20'],
    isCa: false,
    selfIssued: false,
  };
}
