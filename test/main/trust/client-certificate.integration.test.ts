import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../main/platform/clock.ts';
import { createRegistryClient } from '../../../main/registry/client.ts';
import { userPlaces } from '../../../main/trust/targets/user-places.ts';
import { createTrust, type Trust } from '../../../main/trust/trust.ts';
import { describeWithLab, type LabEngine, sharedEngine, snapshotTree } from '../../lab/index.ts';
import { askEngine } from './go-rules/ask-engine.ts';
import { ACCEPTED, NAME } from './go-rules/row.ts';
import { serveRow } from './go-rules/serve-row.ts';
import { make, makeCa } from './make-certificate.ts';

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
const dates = { notBefore: day(-1), notAfter: day(300) };

describeWithLab('a registry that asks who is there', ['engine'], () => {
  const ca = makeCa(dates);
  const mine = make({ ...dates, cn: 'me', names: null, eku: ['1.3.6.1.5.5.7.3.2'], by: ca });
  const never = new AbortController().signal;
  let engine: LabEngine;
  let server: Awaited<ReturnType<typeof serveRow>>;
  let trust: Trust;
  let home: string;
  let before: readonly string[];

  beforeAll(async () => {
    engine = await sharedEngine();
    before = snapshotTree('/etc/docker');
    server = await serveRow({
      what: '',
      chain: [make({ ...dates, by: ca, names: [NAME] })],
      tls: { requestCert: true, rejectUnauthorized: true, ca: ca.pem },
    });
    home = mkdtempSync(join(tmpdir(), 'home-'));
    writeFileSync(join(home, 'me.crt'), mine.pem);
    writeFileSync(join(home, 'me.key'), mine.keyPem);
    trust = createTrust({
      places: await userPlaces({}, 'linux', { home, dockerConfig: home, data: join(home, 'data') }),
      ...{ path: '', clock: systemClock },
      elevate: () => Promise.reject(new Error('root needs no elevation')),
    });
  });
  afterAll(() => server.stop());

  const pinging = async () => {
    const client = createRegistryClient({
      ...{ address: server.address, scheme: 'https', credentials: async () => null },
      trust: {
        ca: await trust.materialFor(server.address),
        client: await trust.introductionFor(server.address),
      },
    });
    return client.ping(never).finally(() => client.close());
  };

  it('is told by a certificate that Regent installs, whose key nobody is shown', async () => {
    const { address } = server;
    const client = { certificate: join(home, 'me.crt'), key: join(home, 'me.key') };
    const wish = { address, pem: ca.pem, client, consumers: ['docker-engine' as const] };
    expect(await askEngine(engine, 'pull', address)).not.toBe(ACCEPTED);
    const plan = await trust.plan(wish);
    const secret = mine.keyPem.split('\n')[1] ?? '';
    expect(JSON.stringify(plan)).not.toContain(secret);
    expect(plan.client).toMatchObject({ sha256: mine.cert.sha256 });
    await trust.apply(plan.planId);
    expect(await askEngine(engine, 'pull', address)).toBe(ACCEPTED);
    expect(await askEngine(engine, 'sign-in', address)).toBe(ACCEPTED);
    expect(await pinging()).toEqual({ username: null, api: 'v2' });
    const key = `/etc/docker/certs.d/${address}/regent-${mine.cert.sha256.slice(0, 16)}.key`;
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, 'data/journal/trust.json'), 'utf8')).not.toContain(secret);
    expect(await trust.list()).toMatchObject([{ client: { sha256: mine.cert.sha256 }, drift: [] }]);
  });

  it('is told nothing any more once that is undone', async () => {
    await trust.revoke({ address: server.address });
    expect(await askEngine(engine, 'pull', server.address)).not.toBe(ACCEPTED);
    await expect(pinging()).rejects.toMatchObject({ code: expect.stringMatching(/CERT/) });
    expect(snapshotTree('/etc/docker')).toEqual(before);
  });
});
