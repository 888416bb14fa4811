import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type Daemon, describeWithLab, startDaemon } from '../../../lab/index.ts';
import { portAnswers } from '../../../lab/port-answers.ts';
import { type Made, make, makeCa } from '../make-certificate.ts';
import { lookAt } from './look-at.ts';

/** In the sandbox's own network, where nobody else listens. */
const PORT = 24_731;

describeWithLab('a look at nginx that wants a client certificate', ['nginx'], () => {
  let folder: string;
  let daemon: Daemon;
  let ca: Made;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'regent-nginx-'));
    ca = makeCa();
    const leaf = make({ by: ca });
    const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
    put('server.crt', `${leaf.pem}${ca.pem}`);
    put('server.key', leaf.keyPem);
    put('ca.crt', ca.pem);
    const server = (port: number, protocol: string) => `server {
      listen 127.0.0.1:${port} ssl;
      ssl_certificate ${folder}/server.crt;
      ssl_certificate_key ${folder}/server.key;
      ssl_protocols ${protocol};
      ssl_client_certificate ${folder}/ca.crt;
      ssl_verify_client on;
      location / { return 200 '{}'; }
    }`;
    put(
      'nginx.conf',
      `daemon off; user root; pid ${folder}/pid; error_log stderr; events {}
      http { access_log off; ${server(PORT, 'TLSv1.2')} ${server(PORT + 1, 'TLSv1.3')} }`,
    );
    daemon = await startDaemon('nginx-mtls', ['nginx', '-c', join(folder, 'nginx.conf')], {
      ready: () => portAnswers(`127.0.0.1:${PORT}`),
    });
  });
  afterAll(async () => {
    await daemon?.stop();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['TLS 1.2', PORT],
    ['TLS 1.3', PORT + 1],
  ])('says so over %s, with the chain it shows', async (tlsVersion, port) => {
    const roots = createPool([ca.der]);
    const { report, ends } = await lookAt(`reg.test:${port}`, { roots });
    expect(ends.slice(2)).toEqual(['tls ok', 'api failed', 'auth skipped']);
    expect(report).toMatchObject({ tlsVersion, verdict: 'trusted' });
    expect(report.problems.map(({ code }) => code)).toEqual(['CLIENT_CERT_REQUIRED']);
    expect(report.certificates).toHaveLength(2);
  });
});
