import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonName } from '../../../../renderer/ui/trust/common-name.ts';
import {
  allowsTrust,
  compareFingerprint,
} from '../../../../renderer/ui/trust/compare-fingerprint.ts';
import { formatFingerprint } from '../../../../shared/model/certificate.ts';

const sha256 = '4f9a'.repeat(16);
const other = '0b1c'.repeat(16);

describe('comparing a fingerprint', () => {
  it('says match for each way of writing it', () => {
    for (const typed of [
      sha256,
      formatFingerprint(sha256),
      `SHA256 Fingerprint=${formatFingerprint(sha256)}`,
    ]) {
      expect(compareFingerprint(typed, sha256, [other])).toBe('match');
    }
  });

  it('tells another certificate of the chain from a strange one', () => {
    expect(compareFingerprint(other, sha256, [other])).toBe('other');
    expect(compareFingerprint('ff'.repeat(32), sha256, [other])).toBe('mismatch');
  });

  it('says nothing about nothing, and asks for more about less', () => {
    expect(compareFingerprint('  ', sha256, [])).toBe('none');
    expect(compareFingerprint('4F:9A', sha256, [])).toBe('unreadable');
  });

  it('lets trust go on only when nothing was given or it matches', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const comparison = compareFingerprint(typed, sha256, [other]);
        expect(allowsTrust(comparison)).toBe(typed.trim() === '' || comparison === 'match');
      }),
    );
  });
});

describe('the common name', () => {
  it.each([
    ['CN=nas.local,O=Home', 'nas.local'],
    ['O=Home, CN=nas.local', 'nas.local'],
    ['O=Home + CN=nas.local', 'nas.local'],
    ['CN="Acme, Inc.",C=PL', 'Acme, Inc.'],
    ['CN=Acme\\, Inc.', 'Acme, Inc.'],
    ['O=No common name', 'O=No common name'],
  ])('in %s is %s', (line, name) => {
    expect(commonName(line)).toBe(name);
  });
});
