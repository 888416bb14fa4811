import { describe, expect, it } from 'vitest';
import { describeCertificate } from '../../../../main/trust/x509/describe-certificate.ts';
import { findPemBlocks } from '../../../../main/trust/x509/pem.ts';
import { readCertificate } from '../../../../main/trust/x509/read-certificate.ts';
import { certificateSchema } from '../../../../shared/model/certificate.ts';
import { issueAuthority, issueServer } from '../../../lab/certificates.ts';
import { make, makeCa } from '../make-certificate.ts';

describe('a certificate', () => {
  it('is described for people', () => {
    const ca = makeCa({ cn: 'Lab, Inc. CA', key: 'rsa' });
    const { cert, pem } = make({ by: ca, names: ['reg.test', '10.0.0.1', 'fd00::2'], key: 'ec' });
    const described = describeCertificate(cert);
    expect(certificateSchema.parse(described)).toEqual({
      sha256: cert.native.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: 'CN=reg.test, O=Lab',
      issuer: 'CN=Lab\\, Inc. CA, O=Lab',
      dnsNames: ['reg.test'],
      ipAddresses: ['10.0.0.1', 'fd00::2'],
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
      isCa: false,
      selfIssued: false,
      keyType: 'EC P-256',
      signature: 'SHA256-RSA',
      pem,
    });
    expect(describeCertificate(ca.cert)).toMatchObject({
      isCa: true,
      selfIssued: true,
      keyType: 'RSA 2048',
    });
    expect(describeCertificate(make({ key: 'ed25519' }).cert)).toMatchObject({
      keyType: 'Ed25519',
      signature: 'Ed25519',
    });
  });

  it('is read the same whoever made it', () => {
    const authority = issueAuthority();
    const issued = issueServer(authority, { names: ['reg.test', '10.0.0.1'] });
    const [block] = findPemBlocks(issued.certPem);
    const cert = readCertificate(block?.der ?? new Uint8Array());
    expect(cert.sha256).toBe(issued.sha256);
    expect(cert.notAfter).toBe(Date.parse(cert.native.validTo));
    expect(describeCertificate(cert)).toMatchObject({
      dnsNames: ['reg.test'],
      ipAddresses: ['10.0.0.1'],
      pem: issued.certPem,
    });
  });

  it('can’t play tricks with its names', () => {
    const { cert } = make({ cn: 'good\u001b[2J\u202etest\r\n' });
    expect(describeCertificate(cert).subject).toBe('CN=good\ufffd[2J\ufffdtest\ufffd\ufffd, O=Lab');
  });
});
