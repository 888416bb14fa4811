import { cpSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { createRegistryClient } from '../../../main/registry/client.ts';
import {
  callRegistry,
  describeWithLab,
  imageOf,
  issueAuthority,
  issueServer,
  layerOf,
  pushImage,
  type RegistryFacts,
  sharedRegistry,
  startRegistry,
  takeSpareHost,
} from '../../lab/index.ts';
import { calm, collect } from './open-fake.ts';

function open(registry: RegistryFacts, login: 'signed-in' | 'signed-out' = 'signed-in') {
  const { address, scheme, username, password, caPem } = registry;
  const client = createRegistryClient({
    address,
    scheme,
    trust: { ca: caPem === '' ? [] : [caPem] },
    credentials: async () => (login === 'signed-in' ? { username, password } : null),
  });
  onTestFinished(() => client.close());
  return client;
}

describeWithLab('the registry client and real registries', ['registry', 'nginx', 'busybox'], () => {
  for (const variant of ['tls-login', 'tls-open', 'plain', 'nginx-login'] as const) {
    it(`browses ${variant}`, async () => {
      const registry = await sharedRegistry(variant);
      const client = open(registry);
      const hasLogin = registry.username !== '';
      await expect(client.ping(calm)).resolves.toEqual({
        username: hasLogin ? 'ada' : null,
        api: 'v2',
      });
      const repositories = (await collect(client.listRepositories(calm))).flat();
      expect(repositories).toEqual(
        expect.arrayContaining(['team/big', 'team/hello', 'team/multi', 'tools/ci/deep/base']),
      );
      await expect(client.listTags('team/hello', calm)).resolves.toEqual(['1.0', '2.0', 'latest']);
      const one = registry.images['team/hello:1.0'];
      const hello = await client.describeTag('team/hello', '1.0', calm);
      expect(hello).toEqual({
        name: '1.0',
        digest: one.digest,
        mediaType: one.mediaType,
        size: one.size,
        created: '2026-01-02T03:04:05.000Z',
        platforms: ['linux/amd64'],
      });
      const multi = registry.images['team/multi:1.0'];
      const tag = await client.describeTag('team/multi', '1.0', calm);
      expect(tag).toMatchObject({
        digest: multi.digest,
        mediaType: multi.mediaType,
        platforms: ['linux/amd64', 'linux/arm64'],
      });
      expect(tag.size).toBeGreaterThan(multi.size);
      const again = await client.describeTag('team/multi', multi.digest, calm);
      expect(again.digest).toBe(multi.digest);
    });
  }

  it('proves a login by the registry’s own answer', async () => {
    for (const variant of ['tls-login', 'nginx-login'] as const) {
      const registry = await sharedRegistry(variant);
      const { username, password } = registry;
      const client = open(registry, 'signed-out');
      await expect(client.ping(calm)).rejects.toHaveProperty('code', 'SIGN_IN_REQUIRED');
      await expect(client.checkLogin({ username, password }, calm)).resolves.toBeUndefined();
      for (const wrong of [
        { username, password: 'wrong' },
        { username: 'eve', password },
      ]) {
        await expect(client.checkLogin(wrong, calm)).rejects.toMatchObject({
          code: 'CREDENTIALS_REJECTED',
          data: { address: registry.address, username: wrong.username },
        });
      }
    }
    const everybody = open(await sharedRegistry('tls-open'));
    await expect(
      everybody.checkLogin({ username: 'ada', password: 'x' }, calm),
    ).rejects.toHaveProperty('code', 'SIGN_IN_NOT_NEEDED');
  });

  it('sends no password over plain HTTP', async () => {
    const client = open(await sharedRegistry('plain-login'));
    await expect(client.ping(calm)).rejects.toHaveProperty('code', 'SIGN_IN_INSECURE');
    await expect(
      client.checkLogin({ username: 'ada', password: 'x' }, calm),
    ).rejects.toHaveProperty('code', 'SIGN_IN_INSECURE');
  });

  it('says what is missing', async () => {
    const client = open(await sharedRegistry('tls-login'));
    await expect(client.listTags('team/nothing', calm)).rejects.toHaveProperty(
      'code',
      'REPOSITORY_NOT_FOUND',
    );
    await expect(client.describeTag('team/hello', '9.9', calm)).rejects.toMatchObject({
      code: 'TAG_NOT_FOUND',
      data: { reference: 'registry.test:5443/team/hello:9.9' },
    });
  });

  it('trusts nobody who is not trusted, in any direction', async () => {
    const registry = await sharedRegistry('tls-login');
    const other = issueAuthority();
    await expect(open({ ...registry, caPem: '' }).ping(calm)).rejects.toHaveProperty(
      'code',
      'CERT_UNTRUSTED',
    );
    await expect(open({ ...registry, caPem: other.certPem }).ping(calm)).rejects.toHaveProperty(
      'code',
      'CERT_UNTRUSTED',
    );
    await expect(open({ ...registry, caPem: registry.leafPem }).ping(calm)).resolves.toEqual({
      ...{ username: 'ada', api: 'v2' },
    });
    const plain = await sharedRegistry('plain');
    await expect(open({ ...plain, scheme: 'https' }).ping(calm)).rejects.toHaveProperty(
      'code',
      'PLAIN_HTTP',
    );
    await expect(open({ ...registry, scheme: 'http' }).ping(calm)).rejects.toHaveProperty(
      'code',
      'NOT_A_REGISTRY',
    );
  });

  it('refuses a certificate for another name', async () => {
    const authority = issueAuthority();
    const certificate = issueServer(authority, { names: ['elsewhere.test'] });
    const registry = await startRegistry('tls-open', {
      host: takeSpareHost(),
      authority,
      certificate,
    });
    onTestFinished(() => registry.stop());
    await expect(open(registry).ping(calm)).rejects.toMatchObject({
      code: 'CERT_NAME_MISMATCH',
      data: { host: registry.host, names: ['elsewhere.test'] },
    });
  });

  it('pages through more repositories than one page holds', async () => {
    const registry = await startRegistry('plain');
    onTestFinished(() => registry.stop());
    const image = imageOf([await layerOf([{ path: 'a', content: 'a' }])], {});
    const names = Array.from({ length: 1_030 }, (_, index) => `many/r${index}`);
    await pushImage(registry, names[0] ?? '', image, '1');
    // The registry lists whatever folder looks like a repository.
    const folder = `${registry.storagePath}/docker/registry/v2/repositories`;
    for (const name of names.slice(1)) {
      cpSync(`${folder}/${names[0]}`, `${folder}/${name}`, { recursive: true });
    }
    const pages = await collect(open(registry).listRepositories(calm));
    expect(pages.length).toBe(2);
    expect(new Set(pages.flat())).toEqual(new Set(names));
    const direct = await callRegistry(registry, 'GET', '/v2/_catalog?n=1001');
    expect(direct.status).toBe(400);
  });
});
