import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { adviseRightCertificate } from '../../../../main/trust/advice/right-certificate.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { findPemBlocks } from '../../../../main/trust/x509/pem.ts';
import { readCertificate } from '../../../../main/trust/x509/read-certificate.ts';
import type { Advice } from '../../../../shared/model/probe.ts';
import { describeWithLab, putCertificate, runOrThrow, sharedEngine } from '../../../lab/index.ts';
import { askEngine } from '../go-rules/ask-engine.ts';
import { ACCEPTED, IP, NAME, UNKNOWN } from '../go-rules/row.ts';
import { serveRow } from '../go-rules/serve-row.ts';
import type { Made } from '../make-certificate.ts';
import { lookAt, visitTls } from '../probe/look-at.ts';

const CERTS = '/etc/docker/certs.d';

describeWithLab('the commands for a right certificate', ['system-store', 'nginx', 'engine'], () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regent advice-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const now = { now: () => Date.now() };
  const advise = (address: string): Advice => {
    const advice = adviseRightCertificate({ address, verdict: 'no-san', certificates: [] });
    if (!advice) throw new Error('no advice');
    return advice;
  };
  const runShell = (text: string) => runOrThrow(['sh', '-e'], { cwd: folder, input: text });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  it.each([
    ['reg.test', 'reg.test'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '::1'],
  ])('make one that only has to be trusted: %s', async (host, name) => {
    const { steps } = advise(`${host}:5000`);
    await runShell(steps.find(({ id }) => id === 'make')?.text ?? '');
    const pem = read('registry-tls/server.crt');
    const served = { pem, keyPem: read('registry-tls/server.key') } as Made;
    const listens = name.includes(':') ? '::1' : '127.0.0.1';
    await visitTls(
      [served],
      async (port) => {
        const address = `${host}:${port}`;
        const { report } = await lookAt(address, { clock: now });
        expect(report).toMatchObject({ verdict: 'untrusted', advice: null, fetched: [] });
        expect(report.candidates.map(({ kind }) => kind)).toEqual(['leaf', 'ca']);
        const roots = createPool(findPemBlocks(read('registry-ca/ca.crt')).map(({ der }) => der));
        const trusted = await lookAt(address, { clock: now, roots });
        expect(trusted.report).toMatchObject({ verdict: 'trusted', problems: [] });
      },
      {},
      listens,
    );
  });

  it.each([NAME, IP])('make one that Docker Engine takes: %s', async (host) => {
    const { steps } = advise(`${host}:5000`);
    await runShell(steps.find(({ id }) => id === 'make')?.text ?? '');
    const pem = read('registry-tls/server.crt');
    const served = { pem, keyPem: read('registry-tls/server.key') } as Made;
    const { address, stop } = await serveRow({ what: '', chain: [served], host });
    const engine = await sharedEngine();
    const ask = () =>
      Promise.all((['sign-in', 'pull'] as const).map((way) => askEngine(engine, way, address)));
    try {
      expect(await ask()).toEqual([UNKNOWN, UNKNOWN]);
      putCertificate(CERTS, { address, caPem: read('registry-ca/ca.crt') });
      expect(await ask()).toEqual([ACCEPTED, ACCEPTED]);
    } finally {
      stop();
      rmSync(join(CERTS, address), { recursive: true, force: true });
    }
  });

  it('make a leaf that no client finds too long-lived, and keep the keys to their owner', async () => {
    await runShell(advise('reg.test').steps[0]?.text ?? '');
    const [leaf] = findPemBlocks(read('registry-tls/server.crt')).map(({ der }) =>
      readCertificate(der),
    );
    const days = ((leaf?.notAfter ?? 0) - (leaf?.notBefore ?? 0)) / 86_400_000;
    expect(days).toBeLessThanOrEqual(398);
    for (const name of ['registry-ca/ca.key', 'registry-tls/server.key']) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    const { steps } = advise('reg.test');
    const check = steps.find(({ id }) => id === 'check')?.text ?? '';
    const printed = await runShell(check);
    expect(printed).toMatch(/^sha256 Fingerprint=([0-9A-F]{2}:){31}[0-9A-F]{2}\n$/);
  });

  it('can be run again, for the next certificate', async () => {
    const text = advise('reg.test').steps[0]?.text ?? '';
    await runShell(text);
    const before = read('registry-tls/server.crt');
    await runShell(text);
    expect(read('registry-tls/server.crt')).not.toBe(before);
  });

  it('go with settings that nginx takes', async () => {
    const { steps } = advise('reg.test:5443');
    await runShell(steps[0]?.text ?? '');
    const block = (steps.find(({ id }) => id === 'nginx')?.text ?? '').replaceAll(
      '/etc/nginx/registry-tls',
      join(folder, 'registry-tls'),
    );
    const quoted = block.replace(/(ssl_certificate(?:_key)?) (.+);/g, '$1 "$2";');
    const config = join(folder, 'nginx.conf');
    const places = `pid "${folder}/pid"; error_log stderr; events {}`;
    writeFileSync(config, `${places} http { access_log off; ${quoted} }`);
    await runOrThrow(['nginx', '-t', '-c', config]);
  });

  it('start the registry with words that a shell takes for what they are', async () => {
    const { steps } = advise('reg.test:5000');
    const registry = steps.find(({ id }) => id === 'registry')?.text ?? '';
    const script = `docker() { for word; do echo "$word"; done; }\n${registry}`;
    const words = (await runShell(script)).split('\n');
    expect(words).toContain(`${folder}/registry-tls:/certs:ro`);
    expect(words.slice(0, 2)).toEqual(['run', '-d']);
    expect(words.at(-2)).toBe('registry:2');
  });
});
