import { lookup } from 'node:dns/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { readBlob } from '../../../../main/registry/blobs/read-blob.ts';
import {
  createRegistryClient,
  type RegistryClientOptions,
} from '../../../../main/registry/client.ts';
import { RegentError } from '../../../../shared/errors/index.ts';
import { startFakeProxy } from '../../../fakes/proxy.ts';
import { type FaultPlan, seededFaults, startFaultProxy } from '../../../lab/fault-proxy.ts';
import {
  describeWithLab,
  imageOf,
  issueAuthority,
  issueServer,
  layerOf,
  pushImage,
  type RegistryFacts,
  sharedRegistry,
  startRegistry,
} from '../../../lab/index.ts';
import { calm, collect } from '../open-fake.ts';

const untouched: FaultPlan = () => [];

function open(
  registry: RegistryFacts,
  address: string,
  options: Partial<RegistryClientOptions> = {},
) {
  const { scheme, username, password, caPem } = registry;
  const client = createRegistryClient({
    ...{ address, scheme },
    trust: { ca: caPem === '' ? [] : [caPem] },
    credentials: async () => (username === '' ? null : { username, password }),
    // The same waits as everywhere, only shorter.
    wait: (milliseconds, signal) => delay(milliseconds / 50, undefined, { signal }),
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

async function openProxy(registry: RegistryFacts, plan: FaultPlan, listen?: string) {
  const upstream = { host: registry.ip, port: registry.port };
  const proxy = await startFaultProxy(upstream, plan, listen);
  onTestFinished(() => proxy.stop());
  return proxy;
}

describeWithLab('a real registry over a bad network', ['registry'], () => {
  it('gives whole blobs, or says why not, never wrong ones', async () => {
    const registry = await startRegistry('plain');
    onTestFinished(() => registry.stop());
    const noise = Buffer.alloc(3_000_000);
    for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 2_654_435_761) >>> 24;
    const layer = await layerOf([{ path: 'noise', content: noise }], 0);
    await pushImage(registry, 'team/noise', imageOf([layer], {}), '1');
    const descriptor = { digest: layer.digest, size: layer.bytes.length };
    let [whole, faults] = [0, 0];
    for (let seed = 1; seed <= 12; seed += 1) {
      const kinds =
        seed % 2 === 0 ? (['cut', 'delay'] as const) : (['cut', 'corrupt', 'duplicate'] as const);
      const proxy = await openProxy(registry, seededFaults(seed, kinds, 2_000_000));
      const client = open(registry, `127.0.0.1:${proxy.port}`);
      const stream = readBlob(client.at('team/noise', calm), descriptor);
      const read = await collect<Buffer>(stream).catch((error: unknown) => error);
      faults += proxy.faults();
      if (Array.isArray(read)) {
        whole += 1;
        expect(Buffer.concat(read).equals(layer.bytes), `seed ${seed}`).toBe(true);
      } else expect(read, `seed ${seed}`).toBeInstanceOf(RegentError);
    }
    expect(whole).toBeGreaterThan(3);
    expect(faults).toBeGreaterThan(5);
  });

  it('is reached over IPv6, by address and by name', async () => {
    const authority = issueAuthority();
    const certificate = issueServer(authority, { names: ['localhost', '::1', '127.0.0.1'] });
    const registry = await startRegistry('tls-login', { authority, certificate });
    onTestFinished(() => registry.stop());
    const six = await openProxy(registry, untouched, '::1');
    const four = await openProxy(registry, untouched, '127.0.0.1');
    const addresses = (await lookup('localhost', { all: true })).map(({ address }) => address);
    const names = [`[::1]:${six.port}`, `127.0.0.1:${four.port}`];
    // Which family answers is found out by trying both.
    if (addresses.includes('::1')) names.push(`localhost:${six.port}`);
    if (addresses.includes('127.0.0.1')) names.push(`localhost:${four.port}`);
    for (const address of names) {
      await expect(open(registry, address).ping(calm), address).resolves.toEqual({
        ...{ username: 'ada', api: 'v2' },
      });
    }
    expect(six.connections()).toBeGreaterThan(0);
  });

  it('is reached through a proxy, which sees neither the login nor the bytes', async () => {
    const registry = await sharedRegistry('tls-login');
    const forward = await openProxy(registry, untouched);
    const proxy = await startFakeProxy({
      ports: { [registry.address]: forward.port },
      authorization: `Basic ${btoa('prox:secret')}`,
    });
    onTestFinished(() => proxy.stop());
    const client = open(registry, registry.address, {
      env: { HTTPS_PROXY: `http://prox:secret@${proxy.address}` },
    });
    expect(await client.listTags('team/hello', calm)).toEqual(['1.0', '2.0', 'latest']);
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${registry.address}`]));
    expect(proxy.received()).not.toContain(registry.password);
    const exempt = open(registry, registry.address, {
      env: { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '.test' },
    });
    expect(await exempt.ping(calm)).toEqual({ username: 'ada', api: 'v2' });
  });
});
