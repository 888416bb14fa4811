import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAuthorityFile } from '../../../../main/trust/material/read-authority-file.ts';
import { type Made, makeCa } from '../make-certificate.ts';
import { writePkcs12 } from './write-pkcs12.ts';

const path = 'ca.p12';

describe('a PKCS#12 file as a CA file', () => {
  let ca: Made;
  beforeAll(() => {
    ca = makeCa({ key: 'rsa' });
  });

  const read = (bytes: Uint8Array, password?: string) =>
    readAuthorityFile(bytes, { path, password });
  const fails = (bytes: Uint8Array, password: string | undefined, expected: object) =>
    expect(() => read(bytes, password)).toThrowError(expect.objectContaining(expected));

  it.each(['aes256', '3des'] as const)('gives its certificates, not its key: %s', (algorithm) => {
    const { form, certificates } = read(writePkcs12(ca, 'pässwörd', algorithm), 'pässwörd');
    expect(form).toBe('pkcs12');
    expect(certificates.map(({ sha256 }) => sha256)).toEqual([ca.cert.sha256]);
  });

  it('asks for its password, and says when it is wrong', () => {
    const bytes = writePkcs12(ca, 'secret');
    fails(bytes, undefined, { code: 'CA_FILE_PASSWORD', data: { path, reason: 'needed' } });
    fails(bytes, 'other', { code: 'CA_FILE_PASSWORD', data: { path, reason: 'wrong' } });
    fails(bytes, '', { code: 'CA_FILE_PASSWORD', data: { path, reason: 'wrong' } });
  });

  it('needs none where it has none', () => {
    expect(read(writePkcs12(ca, '')).certificates).toHaveLength(1);
  });

  it('is not worked on for hours', () => {
    const bytes = writePkcs12(ca, 'x');
    // The last number of the file is how often its MAC's key goes round.
    const endless = Buffer.concat([bytes.subarray(0, -3), Buffer.from('02047fffffff', 'hex')]);
    expect(bytes.subarray(-3).toString('hex')).toBe('020108');
    for (const back of [1, 2]) grow(endless, back);
    fails(endless, 'x', { code: 'CA_FILE_UNSUPPORTED', data: { path, reason: 'encryption' } });
  });

  /** Makes room in the lengths of the file, and in those of the MAC at its end, for three more octets. */
  function grow(bytes: Buffer, which: number): void {
    if (which === 1) bytes.writeUInt16BE(bytes.readUInt16BE(2) + 3, 2);
    else {
      const mac = bytes.lastIndexOf(Buffer.from('3021300906052b0e03021a', 'hex')) - 2;
      bytes[mac + 1] = (bytes[mac + 1] ?? 0) + 3;
    }
  }

  it('is read or said why not, whichever bytes are changed', () => {
    const whole = [writePkcs12(ca, 'x'), writePkcs12(ca, 'x', '3des')];
    const changes = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...whole), changes, (bytes, list) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of list) copy[at % copy.length] = value;
        try {
          expect(read(copy, 'x').certificates.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ name: 'RegentError', data: { path } });
        }
      }),
      { numRuns: 400 },
    );
  });
});
