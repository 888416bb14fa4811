import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegentError } from '../../../shared/errors/index.ts';
import { formatFingerprint, parseFingerprint } from '../../../shared/model/certificate.ts';

const sha256 = '4f9a'.repeat(16);

describe('a fingerprint', () => {
  it.each([
    sha256,
    sha256.toUpperCase(),
    formatFingerprint(sha256),
    `SHA256:${formatFingerprint(sha256)}`,
    `sha256 Fingerprint=${formatFingerprint(sha256)}`,
    `SHA-256 = ${formatFingerprint(sha256)}`,
    `  ${sha256.match(/.{8}/g)?.join(' ')}\n`,
  ])('is read as people paste it: %j', (text) => {
    expect(parseFingerprint(text)).toBe(sha256);
  });

  it.each(['', 'zz', sha256.slice(2), `${sha256}00`, `MD5:${sha256.slice(32)}`])(
    'is refused when it is none: %j',
    (text) => {
      expect(() => parseFingerprint(text)).toThrow(RegentError);
    },
  );

  it('survives being written and read, and never fails in another way', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const hex = Buffer.from(bytes).toString('hex');
        expect(parseFingerprint(formatFingerprint(hex))).toBe(hex);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseFingerprint(text)).toMatch(/^[0-9a-f]{64}$/);
        } catch (error) {
          expect(error).toMatchObject({ code: 'FINGERPRINT_INVALID' });
        }
      }),
    );
  });
});
