import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assess } from '../../../../main/trust/verify/assess.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type Made, make, makeCa, NOW } from '../make-certificate.ts';

const ca = makeCa();
const leaf = make({ by: ca });

describe('a chain of very many certificates', () => {
  afterEach(() => vi.restoreAllMocks());

  function judge(others: readonly Made[]) {
    const checks = vi.spyOn(X509Certificate.prototype, 'verify');
    const chain = [leaf, ...others].map(({ cert }) => cert);
    const roots = createPool(others.map(({ der }) => der));
    const assessment = assess({ chain, host: 'reg.test' }, 'reg.test', roots, NOW);
    return { assessment, count: checks.mock.calls.length };
  }

  it('costs a bounded number of signature checks, whatever is asked about it', () => {
    // All have the issuer's name, none has signed anything: each would be tried for each.
    const crowd = Array.from({ length: 300 }, () => makeCa());
    const { assessment, count } = judge(crowd);
    expect(count).toBeLessThanOrEqual(250);
    expect(assessment).toMatchObject({
      verdict: 'untrusted',
      candidates: [{ kind: 'leaf', sha256: leaf.cert.sha256 }],
    });
  });

  it('is no maze in which the way is sought for ever', () => {
    // All have the issuer's name and key, so each has signed each.
    const maze = Array.from({ length: 120 }, (_, i) => makeCa({ keyOf: ca, names: [`${i}.test`] }));
    const { count } = judge(maze);
    expect(count).toBeLessThanOrEqual(250);
  });

  it('is asked only once who signed what', () => {
    const root = makeCa();
    const middle = makeCa({ cn: 'Middle', by: root });
    const own = make({ by: middle });
    const checks = vi.spyOn(X509Certificate.prototype, 'verify');
    const chain = [own, middle, root].map(({ cert }) => cert);
    const { verdict } = assess({ chain, host: 'reg.test' }, 'x', createPool([root.der]), NOW);
    expect(verdict).toBe('trusted');
    // The leaf by the one between, that one by the root, the root by itself.
    expect(checks.mock.calls.length).toBeLessThanOrEqual(3);
  });
});
