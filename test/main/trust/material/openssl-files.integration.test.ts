import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAuthorityFile } from '../../../../main/trust/material/read-authority-file.ts';
import { readClientPair } from '../../../../main/trust/material/read-client-pair.ts';
import { describeWithLab, runOrThrow } from '../../../lab/index.ts';
import { type KeyKind, type Made, make, makeCa, NOW } from '../make-certificate.ts';

/** How programs of the last twenty years have encrypted PKCS#12. */
const ways: readonly (readonly [string, readonly string[]])[] = [
  ['today’s default', []],
  [
    'AES-128 and SHA-384',
    ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-192-CBC', '-macalg', 'sha384'],
  ],
  ['RC2-40 and 3DES, as before OpenSSL 3', ['-legacy']],
  [
    'RC2-128 and two-key 3DES',
    ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-2DES', '-macalg', 'sha512'],
  ],
  ['no encryption', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
  ['no MAC', ['-nomac']],
];

describeWithLab('files that OpenSSL wrote', ['system-store'], () => {
  let folder: string;
  let ca: Made;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'regent-files-'));
    ca = makeCa();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const openssl = (...args: readonly string[]) => runOrThrow(['openssl', ...args], { cwd: folder });
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const bytesOf = (name: string) => readFileSync(join(folder, name));
  const shas = (name: string, password?: string) =>
    readAuthorityFile(bytesOf(name), { path: name, password })
      .certificates.map(({ sha256 }) => sha256)
      .sort();

  describe.each<KeyKind>(['rsa', 'ec', 'ed25519'])('with a key of kind %s', (key) => {
    it.each(ways)('PKCS#12 with %s', async (_, options) => {
      const mine = make({ key, by: ca });
      put('mine.pem', `${mine.keyPem}${mine.pem}${ca.pem}`);
      for (const password of ['sécret', '']) {
        const args = ['-export', '-in', 'mine.pem', '-out', 'mine.p12', ...options];
        await openssl('pkcs12', ...args, '-passout', `pass:${password}`);
        const given = password === '' ? undefined : password;
        expect(shas('mine.p12', given)).toEqual([ca.cert.sha256, mine.cert.sha256].sort());
        const [certificate, path] = [bytesOf('mine.p12'), 'mine.p12'];
        const pair = readClientPair({
          ...{ certificate, key: certificate, certificatePath: path, keyPath: path },
          ...{ password: given, now: NOW },
        });
        expect(pair.certificatePem).toBe(mine.pem);
        expect(createPrivateKey(pair.keyPem).equals(mine.key)).toBe(true);
        // Without a MAC, the certificates stand open for everyone.
        if (options.includes('-nomac')) continue;
        const wrong = () => shas('mine.p12', 'wrong');
        expect(wrong).toThrowError(
          expect.objectContaining({ code: 'CA_FILE_PASSWORD', data: { path, reason: 'wrong' } }),
        );
      }
    });
  });

  it.each(['DER', 'PEM'])('PKCS#7 as %s, with certificates of all key types', async (form) => {
    const all = [ca, makeCa({ key: 'rsa' }), makeCa({ key: 'ed25519' })];
    put('all.pem', all.map(({ pem }) => pem).join(''));
    await openssl(
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'all.pem',
      '-outform',
      form,
      '-out',
      'all.p7b',
    );
    expect(shas('all.p7b')).toEqual(all.map(({ cert }) => cert.sha256).sort());
  });

  it('its own form of a trusted certificate, which Docker does not read', async () => {
    put('ca.pem', ca.pem);
    await openssl(
      'x509',
      '-in',
      'ca.pem',
      '-trustout',
      '-addtrust',
      'serverAuth',
      '-out',
      'trusted.pem',
    );
    expect(() => shas('trusted.pem')).toThrowError(
      expect.objectContaining({ code: 'CA_FILE_UNSUPPORTED' }),
    );
  });

  it.each([
    ['PKCS#8 with AES', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc']],
    ['PKCS#8 with scrypt', ['pkcs8', '-topk8', '-scrypt']],
    ['PKCS#8 with 3DES', ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES']],
    ['the old form', ['rsa', '-traditional', '-aes128']],
  ])('an encrypted key: %s', async (_, args) => {
    const mine = make({ key: 'rsa' });
    put('key.pem', mine.keyPem);
    await openssl(...args, '-in', 'key.pem', '-out', 'key.enc', '-passout', 'pass:sécret');
    const read = () =>
      readClientPair({
        ...{ certificate: Buffer.from(mine.pem), key: bytesOf('key.enc') },
        ...{ certificatePath: 'c', keyPath: 'k', password: 'sécret', now: NOW },
      });
    expect(createPrivateKey(read().keyPem).equals(mine.key)).toBe(true);
  });
});
