import { expect, it, onTestFinished } from 'vitest';
import { createRegistryClients } from '../../../main/api/clients.ts';
import type { KnownRegistries } from '../../../main/registry/known-registries.ts';
import { ada, authority, calm, certificate, openFake } from '../registry/open-fake.ts';
import { nothingKept } from './nothing-kept.ts';

it('the password goes to another server only once the person has said so', async () => {
  const tokens = await openFake(() => ({ body: { token: 'good' } }), {
    certificate,
    host: 'localhost',
  });
  const registry = await openFake(({ headers }) =>
    headers.authorization === 'Bearer good'
      ? { body: {} }
      : {
          status: 401,
          headers: { 'www-authenticate': `Bearer realm="${tokens.origin}/token",service="s"` },
        },
  );
  const accepted: string[] = [];
  const clients = createRegistryClients({
    registries: { list: async () => [] } as Partial<KnownRegistries> as KnownRegistries,
    clock: { now: () => 0 },
    materialFor: async () => [authority.certPem],
    introductionFor: async () => null,
    isPlainAllowed: async () => false,
    tokenServersFor: async () => accepted,
    ...nothingKept,
    loginOf: async () => 'ada 1',
    credentialsFor: async () => ada,
    noteAnswer: async () => undefined,
  });
  onTestFinished(() => clients.close());
  const { address } = registry;
  const foreign = { code: 'REALM_FOREIGN', data: { realm: tokens.origin } };
  await expect(clients.checkLogin(address, ada, calm)).rejects.toMatchObject(foreign);
  await expect((await clients.of(address)).ping(calm)).rejects.toMatchObject(foreign);
  expect(tokens.seen).toEqual([]);
  await clients.checkLogin(address, ada, calm, tokens.origin);
  await expect((await clients.of(address)).ping(calm)).rejects.toMatchObject(foreign);
  accepted.push(tokens.origin);
  await expect((await clients.of(address)).ping(calm)).resolves.toEqual({
    username: 'ada',
    api: 'v2',
  });
});
