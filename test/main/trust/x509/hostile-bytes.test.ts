import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../../../main/trust/verify/assess.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { DerError, readDer, readDerList } from '../../../../main/trust/x509/der.ts';
import { describeCertificate } from '../../../../main/trust/x509/describe-certificate.ts';
import { findPemBlocks, holdsPrivateKey, writePem } from '../../../../main/trust/x509/pem.ts';
import {
  type ReadCertificate,
  readCertificate,
  readSubject,
} from '../../../../main/trust/x509/read-certificate.ts';
import { RegentError } from '../../../../shared/errors/index.ts';
import { make, makeCa, NOW } from '../make-certificate.ts';

const ca = makeCa({
  names: ['ca.test', 'email:a@b.test'],
  permitted: ['test', '10.0.0.0/255.0.0.0', 'email:b.test', 'uri:.test'],
  excluded: ['x.test', 'email:c@b.test'],
  pathLength: 1,
  eku: ['1.3.6.1.5.5.7.3.1'],
  keyIds: { subject: 'one', authority: 'one' },
});
const leaf = make({
  by: ca,
  names: ['reg.test', '10.0.0.1', 'email:a@b.test', 'uri:https://a.test/x'],
  keyUsage: 0x80,
  keyIds: { subject: 'two', authority: 'one' },
});

/** A change to a run of bytes, by where it is (from 0 to 1), what is left out and what is put in. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat({ max: 4 }),
  added: fc.uint8Array({ maxLength: 4 }),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Real certificates with a few changes: more of them get past the first checks than of random bytes. */
const damaged = fc
  .tuple(fc.constantFrom(ca.der, leaf.der), fc.array(change, { maxLength: 4 }))
  .map(([der, changes]) => changes.reduce<Uint8Array>(damage, der));

function damage(bytes: Uint8Array, { at, removed, added }: Change): Uint8Array {
  const start = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start + removed)]);
}

function readOrUndefined(der: Uint8Array): ReadCertificate | undefined {
  try {
    return readCertificate(der);
  } catch (error) {
    expect(error).toBeInstanceOf(RegentError);
    expect(error).toMatchObject({ code: 'CERT_UNREADABLE' });
    return undefined;
  }
}

function throwsOnlyDerErrors(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(DerError);
  }
}

describe('hostile bytes', () => {
  it('are DER, or no DER', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 64 })), (bytes) => {
        throwsOnlyDerErrors(() => readDer(bytes));
        throwsOnlyDerErrors(() => readDerList(bytes));
        throwsOnlyDerErrors(() => readSubject(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('are a certificate that can be shown and judged, or unreadable', () => {
    fc.assert(
      fc.property(damaged, damaged, (one, other) => {
        const chain = [one, other].flatMap((der) => readOrUndefined(der) ?? []);
        for (const certificate of chain) {
          expect(describeCertificate(certificate).sha256).toBe(certificate.sha256);
        }
        const roots = createPool([one, other, ca.der]);
        const { verdict } = assess({ chain, host: 'reg.test' }, 'reg.test', roots, NOW);
        expect(verdict).toEqual(expect.any(String));
      }),
      { numRuns: 400 },
    );
  });

  it('are read in a moment however deep they are nested', () => {
    const depth = 20_000;
    const nested = Buffer.alloc(depth * 4, Buffer.from([0x30, 0x82, 0xff, 0xff]));
    throwsOnlyDerErrors(() => readDerList(nested));
    expect(readOrUndefined(nested)).toBeUndefined();
  });
});

describe('hostile text', () => {
  const pem = writePem(leaf.der);
  const pieces = fc.constantFrom(
    '-----BEGIN CERTIFICATE-----',
    '-----END CERTIFICATE-----',
    '-----BEGIN EC PRIVATE KEY-----',
    '\n',
    '\r\n',
    ' ',
    'AAAA',
    '====',
    pem,
  );

  it('holds certificates, or none, where it says so', () => {
    const text = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 });
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join('');
        expect(holdsPrivateKey(whole)).toEqual(expect.any(Boolean));
        for (const { der, start, end } of findPemBlocks(whole)) {
          expect(whole.slice(start)).toMatch(/^-----BEGIN CERTIFICATE-----/);
          expect(whole.slice(0, end).trimEnd()).toMatch(/-----END CERTIFICATE-----$/);
          readOrUndefined(der);
        }
      }),
    );
  });

  it.each([
    ['blanks', `-----BEGIN CERTIFICATE-----\n${' \t'.repeat(200_000)}`],
    ['line ends', `-----BEGIN CERTIFICATE-----\n${'\r\n'.repeat(200_000)}x`],
    ['beginnings', '-----BEGIN CERTIFICATE-----\n'.repeat(20_000)],
    ['dashes', '-'.repeat(400_000)],
    ['key names', `-----BEGIN ${'A '.repeat(200_000)}`],
    ['key beginnings', '-----BEGIN A '.repeat(30_000)],
  ])('takes no longer than its length: %s', (_, text) => {
    expect(findPemBlocks(text)).toEqual([]);
    expect(holdsPrivateKey(text)).toBe(false);
  });
});
