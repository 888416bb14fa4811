import { beforeAll, describe, expect, it } from 'vitest';
import { findChange } from '../../../../main/trust/probe/find-change.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type Made, make, makeCa } from '../make-certificate.ts';
import { lookAt, visitTls } from './look-at.ts';

describe('a registry that was trusted and shows another certificate', () => {
  let ca: Made;
  let leaf: Made;
  let old: Made;

  beforeAll(() => {
    ca = makeCa();
    leaf = make({ by: ca });
    old = make();
  });

  const changeOf = (chain: readonly Made[], trusted: readonly Made[]) => {
    const certs = (made: readonly Made[]) => made.map(({ cert }) => cert);
    const change = findChange(certs(chain), certs(trusted));
    return change && [change.previous.sha256, change.sameKey];
  };

  it('is no cause for alarm where the same authority issued the new one', () => {
    expect(changeOf([leaf], [ca])).toBeUndefined();
    expect(changeOf([make({ by: ca }), ca], [ca])).toBeUndefined();
    const middle = makeCa({ cn: 'Middle', by: ca });
    expect(changeOf([make({ by: middle }), middle], [ca])).toBeUndefined();
    expect(changeOf([make({ by: middle }), middle], [middle])).toBeUndefined();
  });

  it('is told with the certificate that was trusted last', () => {
    expect(changeOf([leaf, ca], [makeCa({ cn: 'Older' }), old])).toEqual([old.cert.sha256, false]);
    expect(changeOf([leaf, ca], [])).toBeUndefined();
  });

  it('may have kept its key: then it was renewed', () => {
    expect(changeOf([make({ keyOf: old })], [old])).toEqual([old.cert.sha256, true]);
    const renewed = makeCa({ cn: 'New name', keyOf: ca });
    expect(changeOf([make({ by: renewed }), renewed], [ca])).toEqual([ca.cert.sha256, true]);
    // Also where the authority itself is not shown.
    expect(changeOf([make({ by: renewed })], [ca])).toEqual([ca.cert.sha256, true]);
  });

  it('proves nothing by sending an old certificate along', () => {
    const stranger = make();
    expect(changeOf([stranger, old], [old])).toEqual([old.cert.sha256, false]);
    expect(changeOf([stranger, ca], [ca])).toEqual([ca.cert.sha256, false]);
    expect(changeOf([stranger, leaf, ca], [ca])).toEqual([ca.cert.sha256, false]);
  });

  it('is reported before anything else, old and new side by side', () => {
    const expired = make({ by: ca, notAfter: '2026-02-01T00:00:00Z' });
    return visitTls([expired, ca], async (port) => {
      const { report, steps } = await lookAt(`reg.test:${port}`, { expected: [old.pem] });
      expect(report.problems.map(({ code }) => code).slice(0, 2)).toEqual([
        'CERT_CHANGED',
        'CERT_EXPIRED',
      ]);
      expect(steps.find(({ state }) => state === 'attention')?.problem?.code).toBe('CERT_CHANGED');
      expect(report.previous).toMatchObject({ sha256: old.cert.sha256, pem: old.pem });
      expect(report.certificates[0]?.sha256).toBe(expired.cert.sha256);
    });
  });

  it('is nothing to report where Docker accepts the new one', () =>
    visitTls([leaf, ca], async (port) => {
      const roots = createPool([ca.der]);
      const { report } = await lookAt(`reg.test:${port}`, { expected: [old.pem], roots });
      expect(report).toMatchObject({ problems: [], previous: null, sameKey: false });
    }));

  it('does not fail over a journal that somebody has edited', () =>
    visitTls([leaf, ca], async (port) => {
      const expected = [
        'nonsense',
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      ];
      const { report } = await lookAt(`reg.test:${port}`, { expected });
      expect(report.problems[0]?.code).toBe('CERT_UNTRUSTED');
    }));
});
