import { beforeAll, describe, expect, it } from 'vitest';
import { chooseCertificate, type Wish } from '../../../main/trust/choose-certificate.ts';
import type { Presented } from '../../../main/trust/verify/verify-chain.ts';
import { type Made, make, makeCa, NOW } from './make-certificate.ts';

const address = 'reg.test:5000';
const path = 'ca.crt';

describe('the certificate to trust', () => {
  let root: Made;
  let middle: Made;
  let leaf: Made;
  const others: Made[] = [];

  beforeAll(() => {
    root = makeCa({ cn: 'Root' });
    middle = makeCa({ cn: 'Middle', by: root });
    leaf = make({ by: middle });
    for (let i = 0; i < 20; i += 1) others.push(makeCa({ cn: `Other ${i}` }));
  });

  const shown = (...chain: readonly Made[]): Presented => ({
    host: 'reg.test',
    chain: chain.map(({ cert }) => cert),
  });
  const choose = (wish: Partial<Wish>, presented: Presented, fetched: readonly Made[] = []) =>
    chooseCertificate(
      { address, ...wish },
      presented,
      NOW,
      fetched.map(({ cert }) => cert),
    );
  const given = (...made: readonly Made[]) => ({
    given: { certificates: made.map(({ cert }) => cert), path },
  });

  it('is the root that was shown, else the highest issuer, else the leaf', () => {
    expect(choose({}, shown(leaf, middle, root))).toBe(root.cert);
    expect(choose({}, shown(leaf, root, middle))).toBe(root.cert);
    expect(choose({}, shown(leaf, middle))).toBe(middle.cert);
    expect(choose({}, shown(leaf))).toBe(leaf.cert);
  });

  it('is the one of many that vouches for this server, in whatever order they are', () => {
    const bundle = [...others, root, middle, ...others];
    expect(choose(given(...bundle), shown(leaf, middle))).toBe(root.cert);
    expect(choose(given(...bundle.toReversed()), shown(leaf, middle))).toBe(root.cert);
    const pem = bundle.map((each) => each.pem).join('\r\n');
    expect(choose({ pem, source: path }, shown(leaf, middle)).sha256).toBe(root.cert.sha256);
  });

  it('is an intermediate where the server leaves that out: the root alone would not do', () => {
    expect(choose(given(root, middle), shown(leaf))).toBe(middle.cert);
    expect(choose({}, shown(leaf), [middle, root])).toBe(middle.cert);
  });

  it('is the authority that lasts longest of those with the same key', () => {
    const renewed = makeCa({ cn: 'Root', keyOf: root, notAfter: '2036-01-01T00:00:00Z' });
    expect(choose(given(renewed, root), shown(leaf, middle))).toBe(renewed.cert);
    expect(choose(given(root, renewed), shown(leaf, middle))).toBe(renewed.cert);
  });

  it('is the one that was named', () => {
    const { sha256 } = leaf.cert;
    expect(choose({ sha256 }, shown(leaf, middle, root))).toBe(leaf.cert);
    expect(() => choose({ sha256: 'a'.repeat(64) }, shown(leaf))).toThrowError(
      expect.objectContaining({ code: 'FINGERPRINT_MISMATCH' }),
    );
  });

  it('is not in the file: whose certificates are in it is said', () => {
    const error = expect.objectContaining({
      code: 'CA_FILE_UNRELATED',
      data: { path, address, subjects: ['CN=Other 0, O=Lab', 'CN=Other 1, O=Lab'] },
    });
    expect(() => choose(given(...others.slice(0, 2)), shown(leaf, middle))).toThrowError(error);
  });

  it('did sign the server’s certificate, but cannot be used: its own fault is said', () => {
    const expired = makeCa({ cn: 'Root', keyOf: root, notAfter: '2026-02-01T00:00:00Z' });
    expect(() => choose(given(...others, expired), shown(leaf, middle))).toThrowError(
      expect.objectContaining({
        code: 'CERT_CHAIN_INVALID',
        data: { address, detail: expect.stringContaining('expired') },
      }),
    );
  });
});
