import { describe, expect, it } from 'vitest';
import { goWords } from '../../../../main/trust/verify/fault.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { verifyChain } from '../../../../main/trust/verify/verify-chain.ts';
import { type Made, make, makeCa, NOW } from '../make-certificate.ts';

const ca = makeCa();
const other = makeCa({ cn: 'Other CA' });
const intermediate = makeCa({ cn: 'Intermediate', by: ca });
const leaf = make({ by: ca });

/** What Go says about a chain with these roots; `fine` when nothing. */
function verdict(
  chain: readonly Made[],
  roots: readonly Made[],
  host = 'reg.test',
  now = NOW,
): string {
  const presented = { chain: chain.map(({ cert }) => cert), host };
  const fault = verifyChain(presented, createPool(roots.map(({ der }) => der)), now);
  return fault ? goWords(fault).replace('x509: ', '') : 'fine';
}

const UNKNOWN = 'certificate signed by unknown authority';

describe('the way to a root', () => {
  it('ends in the authority that signed the leaf', () => {
    expect(verdict([leaf], [other, ca])).toBe('fine');
    expect(verdict([leaf], [other])).toBe(UNKNOWN);
    expect(verdict([leaf, ca], [])).toBe(UNKNOWN);
    expect(verdict([leaf], [])).toBe(UNKNOWN);
  });

  it('goes over intermediates that were presented, in any order, and over no others', () => {
    const deep = make({ by: intermediate });
    expect(verdict([deep, intermediate], [ca])).toBe('fine');
    expect(verdict([deep, other, ca, intermediate], [ca])).toBe('fine');
    expect(verdict([deep], [ca])).toBe(UNKNOWN);
  });

  it('may end in an intermediate that is trusted alone', () => {
    expect(verdict([make({ by: intermediate })], [intermediate])).toBe('fine');
  });

  it.each([
    ['self-signed with CA:TRUE', make({ ca: true })],
    ['self-signed with CA:FALSE', make({ ca: false })],
    ['self-signed without basic constraints', make({ ca: null })],
    ['self-signed without the right to sign', make({ ca: true, keyUsage: 0x80 })],
    ['issued by an unknown CA', leaf],
    ['signed with SHA-1', make({ key: 'rsa', hash: 'sha1' })],
    ['with an odd key usage', make({ keyUsage: 0x02 })],
  ])('may end in the leaf itself: %s', (_, pinned) => {
    expect(verdict([pinned], [pinned])).toBe('fine');
  });

  it.each(['rsa', 'ec', 'ed25519'] as const)('works with %s keys', (key) => {
    const authority = makeCa({ key });
    expect(verdict([make({ key, by: authority })], [authority])).toBe('fine');
    expect(verdict([make({ key: 'ec', by: authority })], [authority])).toBe('fine');
  });
});

describe('an issuer that is none', () => {
  const possibly = (why: string, name = 'Lab CA') =>
    `${UNKNOWN} (possibly because of ${JSON.stringify(why)} while trying to verify candidate authority certificate "${name}")`;
  const cannotSign =
    'x509: invalid signature: parent certificate cannot sign this kind of certificate';

  it.each([
    [
      'a CA that was made anew',
      makeCa({ key: 'rsa' }),
      makeCa({ key: 'rsa' }),
      'crypto/rsa: verification error',
    ],
    ['a CA that was made anew with EC', makeCa(), ca, 'x509: ECDSA verification failure'],
    [
      'a key of another kind',
      makeCa({ key: 'rsa' }),
      ca,
      'x509: signature algorithm specifies an RSA public key, but have public key of type *ecdsa.PublicKey',
    ],
  ])('is %s', (_, issuer, root, why) => {
    expect(verdict([make({ by: issuer })], [root])).toBe(possibly(why));
  });

  it.each([
    ['without basic constraints', { ca: null }],
    ['with CA:FALSE', { ca: false }],
    ['without the right to sign certificates', { keyUsage: 0x80 }],
  ])('is a CA %s', (_, wish) => {
    const bad = makeCa(wish);
    expect(verdict([make({ by: bad })], [bad])).toBe(possibly(cannotSign));
  });

  it('is a CA that signed with SHA-1', () => {
    const authority = makeCa({ key: 'rsa' });
    const weak = make({ by: authority, hash: 'sha1' });
    expect(verdict([weak], [authority])).toBe(
      possibly('x509: cannot verify signature: insecure algorithm SHA1-RSA'),
    );
    expect(verdict([make({ by: makeCa({ key: 'rsa', hash: 'sha1' }) })], [])).toBe(UNKNOWN);
  });
});

describe('dates', () => {
  const late = Date.parse('2027-02-01T00:00:00Z');

  it('count for the leaf before anything else', () => {
    expect(verdict([leaf], [], 'other.test', late)).toBe(
      'certificate has expired or is not yet valid: current time 2027-02-01T00:00:00Z is after 2027-01-01T00:00:00Z',
    );
    expect(verdict([leaf], [ca], 'reg.test', 0)).toBe(
      'certificate has expired or is not yet valid: current time 1970-01-01T00:00:00Z is before 2026-01-01T00:00:00Z',
    );
  });

  it('count for the authority and for a pinned leaf', () => {
    const old = makeCa({ notAfter: '2026-02-01T00:00:00Z' });
    const expired = /has expired .* is after 2026-02-01/;
    expect(verdict([make({ by: old })], [old])).toMatch(expired);
    const pin = make({ notAfter: '2026-02-01T00:00:00Z' });
    expect(verdict([pin], [pin])).toMatch(expired);
  });
});

describe('names', () => {
  const named = (...names: string[]) => make({ names, by: ca });

  it.each([
    [['reg.test'], 'REG.test'],
    [['other.test', 'reg.test'], 'reg.test'],
    [['*.test'], 'reg.test'],
    [['10.0.0.1'], '10.0.0.1'],
    [['fd00::2'], 'fd00:0:0::2'],
  ])('%j are good for %s', (names, host) => {
    expect(verdict([named(...names)], [ca], host)).toBe('fine');
  });

  it.each([
    [['other.test'], 'reg.test', 'certificate is valid for other.test, not reg.test'],
    [['*.test'], 'a.reg.test', 'certificate is valid for *.test, not a.reg.test'],
    [['*'], 'test', 'certificate is valid for *, not test'],
    [['10.0.0.1'], '10.0.0.2', 'certificate is valid for 10.0.0.1, not 10.0.0.2'],
    [
      ['10.0.0.1'],
      'reg.test',
      'certificate is not valid for any names, but wanted to match reg.test',
    ],
  ])('%j are not good for %s', (names, host, words) => {
    expect(verdict([named(...names)], [ca], host)).toBe(words);
    expect(verdict([named(...names)], [], host)).toBe(words);
  });

  it('are no IP addresses written as DNS names', () => {
    const odd = make({ cn: 'x', names: ['reg.test'], by: ca });
    expect(verdict([odd], [ca], '10.0.0.1')).toBe(
      "cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs",
    );
  });

  it('are never taken from the common name', () => {
    expect(verdict([make({ names: null, by: ca })], [ca])).toBe(
      'certificate relies on legacy Common Name field, use SANs instead',
    );
  });
});

describe('what an authority may do', () => {
  it('is limited by its path length', () => {
    const short = makeCa({ pathLength: 0 });
    const middle = makeCa({ cn: 'Intermediate', by: short });
    expect(verdict([make({ by: short })], [short])).toBe('fine');
    expect(verdict([make({ by: middle }), middle], [short])).toBe(
      'too many intermediates for path length constraint',
    );
  });

  it.each([
    [
      'permitted',
      { permitted: ['corp.test'] },
      'DNS name "reg.test" is not permitted by any constraint',
    ],
    ['excluded', { excluded: ['test'] }, 'DNS name "reg.test" is excluded by constraint "test"'],
    [
      'only below',
      { permitted: ['.reg.test'] },
      'DNS name "reg.test" is not permitted by any constraint',
    ],
  ])('is limited by its name constraints: %s', (_, constraints, words) => {
    const limited = makeCa(constraints);
    expect(verdict([make({ by: limited })], [limited])).toBe(
      `a root or intermediate certificate is not authorized to sign for this name: ${words}`,
    );
  });

  it('is limited by its name constraints for IP addresses too', () => {
    const limited = makeCa({ permitted: ['10.0.0.0/255.0.0.0'] });
    const at = (ip: string) => verdict([make({ names: [ip], by: limited })], [limited], ip);
    expect(at('10.9.9.9')).toBe('fine');
    expect(at('11.0.0.1')).toContain('IP address "11.0.0.1" is not permitted by any constraint');
    expect(verdict([make({ by: limited })], [limited])).toBe('fine');
  });

  it('is limited by extended key usages, its own and the leaf’s', () => {
    const clientAuth = '1.3.6.1.5.5.7.3.2';
    const serverAuth = '1.3.6.1.5.5.7.3.1';
    const words = 'certificate specifies an incompatible key usage';
    const clients = makeCa({ eku: [clientAuth] });
    const pin = make({ eku: [clientAuth] });
    expect(verdict([make({ by: clients })], [clients])).toBe(words);
    expect(verdict([make({ by: ca, eku: [clientAuth] })], [ca])).toBe(words);
    expect(verdict([pin], [pin])).toBe(words);
    expect(verdict([make({ by: ca, eku: [clientAuth, serverAuth] })], [ca])).toBe('fine');
    expect(verdict([make({ by: ca, eku: ['2.5.29.37.0'] })], [ca])).toBe('fine');
  });
});

describe('the unknown', () => {
  it('is refused when it is critical', () => {
    const odd = make({ by: ca, critical: '1.2.3.4' });
    expect(verdict([odd], [ca])).toBe('unhandled critical extension');
  });
});
