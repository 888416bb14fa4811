import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readClientPair } from '../../../../main/trust/material/read-client-pair.ts';
import { describeWithLab, putCertificate, sharedEngine } from '../../../lab/index.ts';
import { askEngine } from '../go-rules/ask-engine.ts';
import { ACCEPTED, NAME } from '../go-rules/row.ts';
import { serveRow } from '../go-rules/serve-row.ts';
import { type KeyKind, make, makeCa } from '../make-certificate.ts';

const CERTS = '/etc/docker/certs.d';
const CLIENT = '1.3.6.1.5.5.7.3.2';
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
const dates = { notBefore: day(-1), notAfter: day(30) };

describeWithLab('a client certificate that Regent has read', ['engine'], () => {
  it.each<KeyKind>(['rsa', 'ec', 'ed25519'])('is one that Docker Engine shows: %s', async (key) => {
    const ca = makeCa(dates);
    const middle = makeCa({ ...dates, cn: 'Middle', by: ca });
    const mine = make({ ...dates, cn: 'me', key, names: null, eku: [CLIENT], by: middle });
    const tls = { requestCert: true, rejectUnauthorized: true, ca: ca.pem };
    const served = make({ ...dates, by: ca, names: [NAME] });
    const { address, stop } = await serveRow({ what: '', chain: [served], tls });
    const engine = await sharedEngine();
    const folder = join(CERTS, address);
    try {
      mkdirSync(folder, { recursive: true });
      putCertificate(CERTS, { address, caPem: ca.pem });
      expect(await askEngine(engine, 'pull', address)).toContain('certificate required');
      const pem = Buffer.from(`${mine.pem}${middle.pem}${ca.pem}`);
      const passphrase = 'sécret';
      const encrypted = {
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase,
      } as const;
      const pair = readClientPair({
        ...{ certificate: pem, key: Buffer.from(mine.key.export(encrypted)) },
        ...{ certificatePath: 'c', keyPath: 'k', password: passphrase, now: Date.now() },
      });
      writeFileSync(join(folder, 'client.cert'), pair.certificatePem);
      writeFileSync(join(folder, 'client.key'), pair.keyPem, { mode: 0o600 });
      expect(await askEngine(engine, 'pull', address)).toBe(ACCEPTED);
      expect(await askEngine(engine, 'sign-in', address)).toBe(ACCEPTED);
    } finally {
      stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
