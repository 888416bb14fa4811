import { type BinaryLike, createPrivateKey, type ScryptOptions } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { deriveKey } from '../../../../main/trust/material/derive-key.ts';
import { beginEffort, MOST_EFFORT } from '../../../../main/trust/material/locked.ts';
import {
  readAuthorityFile,
  readOpenFile,
} from '../../../../main/trust/material/read-authority-file.ts';
import { readClientPair } from '../../../../main/trust/material/read-client-pair.ts';
import { type Made, make, NOW } from '../make-certificate.ts';
import { int, oid, seq, tlv } from '../write-der.ts';
import { encryptedKey, encryptedPart, keyPart, pkcs12Of, type Scheme } from './write-encrypted.ts';
import { writeLabelled } from './write-pkcs7.ts';

/** What node:crypto was asked to derive: PBKDF2's rounds, and scrypt's blocks of 128 bytes. */
let work = 0;

// Derivations are counted instead of done; every key is zeros.
vi.mock('node:crypto', async (importOriginal) => {
  const size = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 };
  return {
    ...(await importOriginal<typeof import('node:crypto')>()),
    scryptSync: (_: BinaryLike, __: BinaryLike, length: number, options: ScryptOptions) => {
      const { cost = 1, blockSize = 1, parallelization = 1 } = options;
      work += cost * blockSize * parallelization;
      return Buffer.alloc(length);
    },
    pbkdf2Sync: (
      _: BinaryLike,
      __: BinaryLike,
      rounds: number,
      length: number,
      hash: keyof typeof size,
    ) => {
      const times = hash === 'sha384' || hash === 'sha512' ? 2 : 1;
      work += rounds * Math.ceil(length / size[hash]) * times;
      return Buffer.alloc(length);
    },
  };
});

const path = 'file';
/** Half a second of scrypt, within the memory that it may take. */
const heavy: Scheme = { n: 2 ** 16, r: 15, p: 1 };

const schemes: fc.Arbitrary<Scheme> = fc.oneof(
  fc.record({
    n: fc.integer({ min: 1, max: 20 }).map((bits) => 2 ** bits),
    ...{ r: fc.integer({ min: 1, max: 64 }), p: fc.integer({ min: 1, max: 64 }) },
  }),
  fc.record({
    rounds: fc.integer({ min: 1, max: 4_000_000 }),
    hash: fc.constantFrom('sha1', 'sha256', 'sha512'),
  }),
);

describe('the work on one file', () => {
  let mine: Made;
  let pkcs8: Buffer;
  beforeAll(() => {
    mine = make();
    pkcs8 = mine.key.export({ type: 'pkcs8', format: 'der' });
  });
  beforeEach(() => {
    work = 0;
  });

  const authority = (bytes: Uint8Array, password?: string) =>
    readAuthorityFile(bytes, { path, password });
  const client = (key: Uint8Array) =>
    readClientPair({
      ...{ certificate: mine.der, key, certificatePath: 'certificate', keyPath: path },
      ...{ password: 'x', now: NOW },
    });
  const fails = (run: () => unknown, code: string, reason?: string) =>
    expect(run).toThrowError(
      expect.objectContaining({ code, data: reason === undefined ? { path } : { path, reason } }),
    );
  const keys = (list: readonly Scheme[]) =>
    Buffer.from(
      list.map((one) => writeLabelled('ENCRYPTED PRIVATE KEY', encryptedKey(pkcs8, one))).join(''),
    );
  const few = <T>(one: T) => Array<T>(16).fill(one);

  it('is limited over all parts of a PKCS#12 file together, asked for a password or not', () => {
    const bytes = pkcs12Of(few(encryptedPart(heavy)));
    for (const password of [undefined, 'x']) {
      work = 0;
      fails(() => authority(bytes, password), 'CA_FILE_UNSUPPORTED', 'encryption');
      // Three times 2^16 * 15 is what fits; without the limit it would be sixteen times.
      expect(work).toBe(3 * 2 ** 16 * 15);
      expect(work).toBeLessThanOrEqual(MOST_EFFORT);
    }
  });

  it('is limited over all keys of a PKCS#12 file together', () => {
    fails(
      () => client(pkcs12Of([keyPart(pkcs8, few(heavy))])),
      'CLIENT_CERT_INVALID',
      'encryption',
    );
    expect(work).toBe(3 * 2 ** 16 * 15);
  });

  it('is limited over all keys of a PEM file together', () => {
    const slow: Scheme = { rounds: 1_000_000, hash: 'sha512' };
    fails(() => client(keys([slow, slow])), 'CLIENT_CERT_INVALID', 'encryption');
    expect(work).toBe(2_000_000);
  });

  it('is enough for what programs write', () => {
    const usual: readonly Scheme[] = [
      { rounds: 1_000_000, hash: 'sha256' },
      { rounds: 600_000, hash: 'sha512' },
      { n: 2 ** 14, r: 8, p: 1 },
      { n: 2 ** 15, r: 8, p: 2 },
      { n: 2 ** 17, r: 8, p: 1 },
    ];
    for (const scheme of usual) {
      const pair = client(keys([scheme]));
      expect(createPrivateKey(pair.keyPem).equals(mine.key)).toBe(true);
    }
  });

  it('is not begun for more parts or keys than anybody has', () => {
    fails(() => authority(pkcs12Of(Array(17).fill(encryptedPart(heavy)))), 'CA_FILE_INVALID');
    const light: Scheme = { rounds: 1, hash: 'sha1' };
    fails(() => client(keys(Array(17).fill(light))), 'CLIENT_CERT_INVALID', 'unreadable');
    expect(work).toBe(0);
  });

  it('is none for PKCS#12 that nobody chose', () => {
    const bytes = pkcs12Of([encryptedPart({ rounds: 1, hash: 'sha1' })]);
    fails(() => readOpenFile(bytes, path), 'CA_FILE_UNSUPPORTED', 'encryption');
    expect(work).toBe(0);
  });

  it('stays within the limit whatever the numbers are', () => {
    const kinds = fc.array(schemes, { minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(kinds, kinds, (parts, inside) => {
        const p12 = pkcs12Of([...parts.slice(1).map(encryptedPart), keyPart(pkcs8, inside)]);
        const runs = [() => client(p12), () => client(keys(inside)), () => authority(p12)];
        for (const run of runs) {
          work = 0;
          try {
            run();
          } catch (error) {
            expect(error).toMatchObject({ name: 'RegentError' });
          }
          expect(work).toBeLessThanOrEqual(MOST_EFFORT);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('counts each round and each block of PKCS#12’s own derivation', () => {
    let spent = 0;
    const effort = { spend: (units: number) => (spent += units) };
    const rest = { password: Buffer.from('x'), salt: Buffer.from('salt'), purpose: 1 } as const;
    deriveKey({ ...rest, rounds: 100, size: 24, hash: 'sha1' }, effort);
    expect(spent).toBe(100 * 2 * 4);
    const tooMuch = { ...rest, rounds: 1_000_000, size: 20, hash: 'sha1' };
    expect(() => deriveKey(tooMuch, beginEffort())).toThrowError('encryption');
  });

  it('counts each byte of RC2, which is slow', () => {
    const salt = seq(tlv(0x04, Buffer.from('saltsalt')), int(1));
    const rc2 = seq(oid('1.2.840.113549.1.12.1.6'), salt);
    const data = '1.2.840.113549.1.7.1';
    const content = seq(oid(data), rc2, tlv(0x80, Buffer.alloc(400_000)));
    const part = seq(oid('1.2.840.113549.1.7.6'), tlv(0xa0, seq(int(0), content)));
    fails(() => authority(pkcs12Of([part])), 'CA_FILE_UNSUPPORTED', 'encryption');
  });

  it.each([0, Number.NaN, Number.POSITIVE_INFINITY, -1, MOST_EFFORT + 1])(
    'is never %d units',
    (units) => {
      expect(() => beginEffort().spend(units)).toThrowError('encryption');
    },
  );

  it('is not spent on values without end, nested without end', () => {
    let octets = Buffer.alloc(1_000_000);
    for (let at = 0; at < octets.length; at += 2) octets[at] = 0x04;
    const endless = (tag: number, ...parts: readonly Uint8Array[]) =>
      Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.alloc(2)]);
    for (let depth = 0; depth < 25; depth += 1) octets = endless(0x24, octets);
    const data = endless(0x30, oid('1.2.840.113549.1.7.1'), endless(0xa0, octets));
    fails(() => authority(endless(0x30, int(3), data)), 'CA_FILE_INVALID');
  });

  it('is not spent on a key that takes forever to read', () => {
    const number = tlv(0x02, Buffer.alloc(1000, 0x7f));
    const dsa = seq(oid('1.2.840.10040.4.1'), seq(number, number, number));
    const key = seq(int(0), dsa, tlv(0x04, number));
    const pem = Buffer.from(writeLabelled('PRIVATE KEY', key));
    fails(() => client(pem), 'CLIENT_CERT_INVALID', 'unreadable');
    fails(() => client(key), 'CLIENT_CERT_INVALID', 'noKey');
  });
});
