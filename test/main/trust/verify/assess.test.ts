import { describe, expect, it } from 'vitest';
import { assess } from '../../../../main/trust/verify/assess.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type Made, make, makeCa, NOW } from '../make-certificate.ts';

const ca = makeCa();
const intermediate = makeCa({ cn: 'Intermediate', by: ca });

const judge = (chain: readonly Made[], roots: readonly Made[] = [], host = 'reg.test') =>
  assess(
    { chain: chain.map(({ cert }) => cert), host },
    `${host}:5000`,
    createPool(roots.map(({ der }) => der)),
    NOW,
  );

const kinds = (chain: readonly Made[], roots: readonly Made[] = []) =>
  judge(chain, roots).candidates.map(({ kind, sha256 }) => {
    const index = chain.findIndex(({ cert }) => cert.sha256 === sha256);
    return `${kind} ${index}`;
  });

describe('what trust can mend', () => {
  it('is an unknown authority: by every certificate that was sent, or the leaf alone', () => {
    const leaf = make({ by: intermediate });
    expect(kinds([leaf, intermediate, ca])).toEqual(['leaf 0', 'ca 1', 'ca 2']);
    expect(kinds([leaf])).toEqual(['leaf 0']);
    expect(kinds([leaf, makeCa()])).toEqual(['leaf 0']);
    expect(judge([leaf])).toMatchObject({
      verdict: 'untrusted',
      dockerSays: 'x509: certificate signed by unknown authority',
      problem: { code: 'CERT_UNTRUSTED', data: { address: 'reg.test:5000' } },
    });
  });

  it('is a self-signed server', () => {
    expect(kinds([make({ ca: true })])).toEqual(['leaf 0']);
  });

  it('is an authority that may not vouch for the server: by the leaf alone', () => {
    const cases = [
      makeCa({ ca: false }),
      makeCa({ key: 'rsa' }),
      makeCa({ permitted: ['x.test'] }),
    ];
    for (const bad of cases) {
      const leaf = make({ by: bad, hash: bad.key.asymmetricKeyType === 'rsa' ? 'sha1' : 'sha256' });
      expect(judge([leaf, bad], [bad]).verdict).toBe('untrusted');
      expect(kinds([leaf, bad], [bad])).toEqual(['leaf 0']);
    }
  });

  it('is nothing where all is well', () => {
    expect(judge([make({ by: ca })], [ca])).toMatchObject({
      verdict: 'trusted',
      dockerSays: null,
      problem: null,
    });
  });
});

describe('what trust can’t mend', () => {
  it.each([
    ['name-mismatch', 'CERT_NAME_MISMATCH', make({ names: ['other.test'] })],
    ['no-san', 'CERT_NO_SAN', make({ names: null })],
    ['expired', 'CERT_EXPIRED', make({ notAfter: '2026-02-01T00:00:00Z' })],
    ['not-yet-valid', 'CERT_NOT_YET_VALID', make({ notBefore: '2026-11-01T00:00:00Z' })],
    ['invalid-chain', 'CERT_CHAIN_INVALID', make({ eku: ['1.3.6.1.5.5.7.3.2'] })],
    ['invalid-chain', 'CERT_CHAIN_INVALID', make({ critical: '1.2.3' })],
    ['weak', 'CERT_WEAK', make({ key: 'rsa512' })],
    ['weak', 'CERT_WEAK', make({ key: 'rsa', hash: 'md5' })],
  ] as const)('is %s, told at once though Docker may say it later', (verdict, code, leaf) => {
    const assessment = judge([leaf]);
    expect(assessment.verdict).toBe(verdict);
    expect(assessment.problem?.code).toBe(code);
    expect(assessment.candidates).toEqual([]);
  });

  it('names what the certificate is for', () => {
    expect(judge([make({ names: ['a.test', '10.0.0.1'] })], [], '10.0.0.2').problem).toEqual({
      code: 'CERT_NAME_MISMATCH',
      data: { address: '10.0.0.2:5000', host: '10.0.0.2', names: ['a.test', '10.0.0.1'] },
    });
  });

  it('names the certificate that has expired, also when it is the issuer', () => {
    const old = makeCa({ notAfter: '2026-02-01T00:00:00Z' });
    const assessment = judge([make({ by: old }), old]);
    expect(assessment).toMatchObject({
      verdict: 'expired',
      problem: { data: { subject: 'CN=Lab CA, O=Lab', notAfter: '2026-02-01T00:00:00.000Z' } },
    });
    expect(assessment.dockerSays).toContain('has expired');
  });
});
