import { createPrivateKey, X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readClientPair } from '../../../../main/trust/material/read-client-pair.ts';
import { type Made, make, makeCa, NOW } from '../make-certificate.ts';
import { writeLabelled } from './write-pkcs7.ts';
import { writePkcs12 } from './write-pkcs12.ts';

const CLIENT = '1.3.6.1.5.5.7.3.2';
const certificatePath = '/home/me/client.crt';
const keyPath = '/home/me/client.key';

describe('a client certificate with its key', () => {
  let ca: Made;
  let middle: Made;
  let mine: Made;

  beforeAll(() => {
    ca = makeCa();
    middle = makeCa({ cn: 'Middle', by: ca });
    mine = make({ cn: 'me', key: 'rsa', names: null, eku: [CLIENT], by: middle });
  });

  type Content = string | Uint8Array;
  const read = (certificate: Content, key: Content, password?: string, now = NOW) =>
    readClientPair({
      ...{ certificate: Buffer.from(certificate), key: Buffer.from(key), password, now },
      ...{ certificatePath, keyPath },
    });
  const fails = (run: () => unknown, reason: string, path = keyPath) =>
    expect(run).toThrowError(
      expect.objectContaining({ code: 'CLIENT_CERT_INVALID', data: { path, reason } }),
    );
  const encrypted = (passphrase: string) =>
    mine.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });

  it('is told in the form that Docker reads: the chain without its root, the key open', () => {
    const pair = read(`${ca.pem}${middle.pem}${mine.pem}`, mine.keyPem);
    expect(pair).toMatchObject({
      certificatePem: `${mine.pem}${middle.pem}`,
      sha256: mine.cert.sha256,
      subject: 'CN=me, O=Lab',
      notAfter: '2027-01-01T00:00:00.000Z',
    });
    expect(pair.keyPem).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(
      new X509Certificate(pair.certificatePem).checkPrivateKey(createPrivateKey(pair.keyPem)),
    ).toBe(true);
  });

  it('may come in any usual form', () => {
    const { key, pem, der, keyPem } = mine;
    const pkcs1 = key.export({ type: 'pkcs1', format: 'pem' });
    const old = key.export({
      type: 'pkcs1',
      format: 'pem',
      cipher: 'aes-128-cbc',
      passphrase: 'x',
    });
    const both = `${keyPem}${pem}`;
    const p12 = writePkcs12(mine, 'x');
    const derKey = (type: 'pkcs1' | 'pkcs8') => key.export({ type, format: 'der' });
    const encryptedDer = key.export({
      ...{ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: 'x' },
    } as const);
    const forms: readonly (readonly [Content, Content])[] = [
      ...[
        [pem, keyPem] as const,
        [der, keyPem] as const,
        [pem, pkcs1] as const,
        [both, both] as const,
      ],
      ...[[p12, p12] as const, [der, derKey('pkcs1')] as const, [der, derKey('pkcs8')] as const],
      ...[[pem, old] as const, [pem, encrypted('x')] as const, [pem, encryptedDer] as const],
    ];
    for (const [certificate, file] of forms) {
      const pair = read(certificate, file, 'x');
      expect(createPrivateKey(pair.keyPem).equals(key)).toBe(true);
      // What forge puts into PKCS#12 it writes anew.
      if (certificate !== p12) expect(pair.sha256).toBe(mine.cert.sha256);
    }
  });

  it.each(['ec', 'ed25519', 'p384'] as const)('may have a key of another kind: %s', (key) => {
    const other = make({ key });
    expect(createPrivateKey(read(other.pem, other.keyPem).keyPem).equals(other.key)).toBe(true);
    if (key === 'ed25519') return;
    const sec1 = other.key.export({ type: 'sec1', format: 'der' });
    expect(read(other.der, sec1).sha256).toBe(other.cert.sha256);
  });

  it('says what is wrong with it', () => {
    fails(() => read(mine.pem, make({ key: 'rsa' }).keyPem), 'mismatch');
    fails(() => read(mine.pem, mine.pem), 'noKey');
    fails(() => read(mine.pem, mine.der), 'noKey');
    fails(() => read('hello', mine.keyPem), 'noCertificate', certificatePath);
    fails(() => read(mine.pem, 'hello'), 'unreadable');
    fails(() => read(mine.pem, writeLabelled('PRIVATE KEY', Buffer.from('x'))), 'unreadable');
    fails(() => read(mine.pem, encrypted('x')), 'passwordNeeded');
    fails(() => read(mine.pem, encrypted('x'), 'y'), 'passwordWrong');
    fails(() => read(writePkcs12(mine, 'x'), ''), 'passwordNeeded', certificatePath);
    fails(() => read(mine.pem, Buffer.alloc(600_000, 'a')), 'tooBig');
    const at = (time: string) => () => read(mine.pem, mine.keyPem, undefined, Date.parse(time));
    fails(at('2028-01-01'), 'expired', certificatePath);
    fails(at('2025-01-01'), 'notYetValid', certificatePath);
  });

  it('takes the one that is valid of several with the same key', () => {
    const old = make({ cn: 'me', keyOf: mine, notAfter: '2026-02-01T00:00:00Z' });
    expect(read(`${old.pem}${mine.pem}`, mine.keyPem).sha256).toBe(mine.cert.sha256);
  });

  it('never shows its key by accident', () => {
    const pair = read(mine.pem, mine.keyPem);
    const shown = [JSON.stringify(pair), inspect(pair, { showHidden: true, depth: 9 }), `${pair}`];
    shown.push(JSON.stringify({ ...pair }));
    expect(shown.join('')).not.toContain('PRIVATE KEY');
  });

  it('has no key in an error, whatever the bytes are', () => {
    const [start = ''] = mine.keyPem.split('\n').slice(1);
    fc.assert(
      fc.property(
        fc.nat(),
        fc.string(),
        fc.constantFrom(mine.keyPem, encrypted('x')),
        (at, junk, key) => {
          const text = String(key);
          const cut = at % text.length;
          try {
            read(mine.pem, text.slice(0, cut) + junk + text.slice(cut), 'x');
          } catch (error) {
            expect(error).toMatchObject({ name: 'RegentError', code: 'CLIENT_CERT_INVALID' });
            expect(inspect(error, { depth: 9 })).not.toContain(start);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
