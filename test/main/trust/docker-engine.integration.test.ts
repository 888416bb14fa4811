import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Elevate } from '../../../main/platform/elevation.ts';
import { userPlaces } from '../../../main/trust/targets/user-places.ts';
import { createTrust, type Trust } from '../../../main/trust/trust.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import {
  closedHost,
  describeWithLab,
  type LabEngine,
  type RegistryVariant,
  sharedEngine,
  sharedRegistry,
  silentHost,
  snapshotTree,
  unknownHostName,
} from '../../lab/index.ts';

const unused: Elevate = () => Promise.reject(new Error('root needs no elevation'));
const never = new AbortController().signal;

describeWithLab('trust on a real Docker Engine', ['engine', 'registry', 'nginx'], () => {
  let engine: LabEngine;
  let trust: Trust;
  let data: string;

  const open = async () =>
    createTrust({
      places: await userPlaces({}, 'linux', { home: data, dockerConfig: data, data }),
      path: '',
      clock: { now: () => Date.now() },
      elevate: unused,
    });
  const look = async (address: string): Promise<ProbeReport> => {
    for await (const event of trust.probe(address, never)) {
      if (event.type === 'report') return event.report;
    }
    throw new Error('no report');
  };
  const pull = async (image: string) => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    return (await engine.docker(['pull', image], { env: { HOME: home } })).stderr;
  };

  beforeAll(async () => {
    engine = await sharedEngine();
  });
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'data-'));
    trust = await open();
  });
  afterEach(() => rmSync('/etc/docker/certs.d', { recursive: true, force: true }));

  it('makes the engine pull, without reload or restart, and takes it back byte for byte', async () => {
    const registry = await sharedRegistry('tls-open');
    const image = `${registry.address}/team/hello:1.0`;
    const before = snapshotTree('/etc/docker');
    const untouched = snapshotTree(data);

    const report = await look(registry.address);
    expect(report).toMatchObject({ verdict: 'untrusted', api: 'v2', auth: { kind: 'none' } });
    expect(await pull(image)).toContain(report.dockerSays);
    const wish = { address: registry.address, consumers: ['docker-engine' as const] };
    const plan = await trust.plan(wish, never);
    expect(snapshotTree('/etc/docker')).toEqual(before);
    expect(snapshotTree(data)).toEqual(untouched);

    const result = await trust.apply(plan.planId);
    expect(result.consumers.map(({ id, status }) => [id, status])).toEqual([
      ['docker-engine', 'applied'],
      ['regent', 'applied'],
    ]);
    expect(await pull(image)).toBe('');
    expect((await look(registry.address)).verdict).toBe('trusted');

    const again = await open();
    expect((await again.list()).map(({ address }) => address)).toEqual([registry.address]);
    await again.revoke({ address: registry.address });
    expect(await pull(image)).toContain('x509: certificate signed by unknown authority');
    expect(snapshotTree('/etc/docker')).toEqual(before);
    expect(await again.list()).toEqual([]);
  });

  it.each(['tls-login', 'nginx-login'] satisfies readonly RegistryVariant[])(
    'trusts the CA of %s that the user was given',
    async (variant) => {
      const registry = await sharedRegistry(variant);
      const { address, caPem, caSha256 } = registry;
      const plan = await trust.plan({ address, pem: caPem, sha256: caSha256 }, never);
      expect(plan).toMatchObject({ kind: 'ca', certificate: { sha256: caSha256 } });
      await trust.apply(plan.planId);
      expect(await pull(`${address}/team/hello:1.0`)).toMatch(/no basic auth credentials/);
    },
  );

  it('keeps what others have put there', async () => {
    const { address } = await sharedRegistry('tls-open');
    mkdirSync(`/etc/docker/certs.d/${address}`, { recursive: true });
    writeFileSync(`/etc/docker/certs.d/${address}/notes.txt`, 'mine');
    const before = snapshotTree('/etc/docker');
    await trust.apply((await trust.plan({ address }, never)).planId);
    await trust.revoke({ address });
    expect(snapshotTree('/etc/docker')).toEqual(before);
  });

  it('sees plain HTTP, closed ports, dead hosts and unknown names as what they are', async () => {
    const plain = await sharedRegistry('plain');
    const report = await look(plain.address);
    expect(report).toMatchObject({ verdict: 'plain-http', scheme: 'http', api: 'v2' });
    expect(await pull(`${plain.address}/team/hello:1.0`)).toContain(report.dockerSays);
    const problemOf = async (address: string) => (await look(address)).problems[0]?.code;
    expect(await problemOf(closedHost.name)).toBe('CONNECTION_REFUSED');
    expect(await problemOf(`${silentHost.name}:5000`)).toBe('CONNECTION_TIMEOUT');
    expect(await problemOf(unknownHostName)).toBe('HOST_UNKNOWN');
  });

  it('sees how a registry asks for a login', async () => {
    const { address } = await sharedRegistry('nginx-login');
    expect(await look(address)).toMatchObject({ api: 'v2', auth: { kind: 'basic' } });
  });
});
