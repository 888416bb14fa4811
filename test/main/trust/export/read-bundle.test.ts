import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportTrust } from '../../../../main/trust/export/export-trust.ts';
import { readTrustBundle } from '../../../../main/trust/export/read-bundle.ts';
import { RegentError } from '../../../../shared/errors/index.ts';
import { issueAuthority, issueServer } from '../../../lab/certificates.ts';

const authority = issueAuthority();
const server = issueServer(authority, { names: ['registry.test'] });
const now = Date.UTC(2026, 0, 2, 3, 4, 5);

const bundleOf = (kind: 'ca' | 'leaf' | 'insecure') => {
  const { certPem: pem, sha256 } = kind === 'leaf' ? server : authority;
  const insecure = kind === 'insecure';
  const certificates = kind === 'insecure' ? [] : [{ pem, sha256, kind }];
  const what = { address: 'registry.test:5443', certificates, insecure };
  return exportTrust(what, 'bundle', { now })[0]?.content ?? '';
};
const text = bundleOf('ca');
const changed = (change: object) => JSON.stringify({ ...JSON.parse(text), ...change });
const withCertificates = (...certificates: readonly object[]) => changed({ certificates });
const reasonOf = (input: string) => {
  try {
    readTrustBundle(input);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof RegentError && error.code === 'TRUST_BUNDLE_INVALID')) throw error;
    return (error.data as { reason: string }).reason;
  }
};

describe('a trust bundle', () => {
  it.each(['ca', 'leaf', 'insecure'] as const)('brings %s to another machine', (kind) => {
    const { certPem: pem, sha256 } = kind === 'leaf' ? server : authority;
    expect(readTrustBundle(bundleOf(kind))).toEqual({
      regent: 'trust-bundle',
      version: 1,
      address: 'registry.test:5443',
      kind,
      certificates: kind === 'insecure' ? [] : [{ sha256, pem }],
      createdAt: '2026-01-02T03:04:05.000Z',
    });
  });

  it('may have come by a mail program: other spaces, line ends, a byte order mark', () => {
    const mailed = `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`;
    expect(readTrustBundle(mailed)).toEqual(readTrustBundle(text));
    expect(readTrustBundle(JSON.stringify(JSON.parse(text)))).toEqual(readTrustBundle(text));
  });

  const other = { sha256: server.sha256, pem: server.certPem };
  const one = { sha256: authority.sha256, pem: authority.certPem };
  it.each([
    ['nothing', '', 'notJson'],
    ['a certificate alone', authority.certPem, 'notJson'],
    ['another JSON file', '{"name":"x"}', 'notABundle'],
    ['a list', '[]', 'notABundle'],
    ['null', 'null', 'notABundle'],
    ['a deep nest', '['.repeat(200_000) + ']'.repeat(200_000), 'tooLarge'],
    ['a nest', '['.repeat(100_000) + ']'.repeat(100_000), 'notJson'],
    ['a private key', changed({ key: authority.keyPem }), 'privateKey'],
    ['a newer version', changed({ version: 2 }), 'newerVersion'],
    ['version 0', changed({ version: 0 }), 'shape'],
    ['one more key', changed({ consumers: ['system'] }), 'shape'],
    ['no address', changed({ address: undefined }), 'shape'],
    ['a path as the address', changed({ address: '../../etc' }), 'shape'],
    ['an odd date', changed({ createdAt: 'yesterday' }), 'shape'],
    ['a key twice', text.replace('"kind"', '"kind": "leaf", "kind"'), 'shape'],
    ['a letter in disguise', text.replace('"registry', '"\\u0072egistry'), 'shape'],
    ['no certificate', withCertificates(), 'kind'],
    ['HTTP with one', changed({ kind: 'insecure' }), 'kind'],
    ['one twice', withCertificates(one, one), 'shape'],
    ['a wrong fingerprint', withCertificates({ ...one, sha256: other.sha256 }), 'fingerprint'],
    [
      'text around a certificate',
      withCertificates({ ...one, pem: `CN=Honest CA\n${one.pem}` }),
      'certificate',
    ],
    ['two in one text', withCertificates({ ...one, pem: one.pem + other.pem }), 'certificate'],
    [
      'bytes that are no certificate',
      withCertificates({ ...one, pem: one.pem.replace(/MII/, 'AAA') }),
      'certificate',
    ],
  ])('is refused with %s', (_, input, reason) => {
    expect(reasonOf(input)).toBe(reason);
  });

  it('is refused when a single character of a certificate or fingerprint is another', () => {
    const positions = fc.integer({ min: text.indexOf('"certificates"'), max: text.length - 1 });
    fc.assert(
      fc.property(positions, fc.constantFrom(...'aB0+/'), (at, letter) => {
        const damaged = text.slice(0, at) + letter + text.slice(at + 1);
        const { address } = JSON.parse(text);
        const isSame = damaged === text;
        // The day it was made vouches for nothing.
        const isDate = at > text.indexOf('"createdAt"');
        if (!isSame && !isDate) expect(reasonOf(damaged)).not.toBe('accepted');
        expect(address).toBe('registry.test:5443');
      }),
    );
  });

  it('never ends in anything but an answer', () => {
    const anything = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(anything, (input) => {
        expect(reasonOf(input)).not.toBe('accepted');
      }),
    );
  });
});
