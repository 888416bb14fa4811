import { expect, it } from 'vitest';
import { createRegistryClients } from '../../../main/api/clients.ts';
import type { KnownRegistries } from '../../../main/registry/known-registries.ts';
import { nothingKept } from './nothing-kept.ts';

const registries = { list: () => Promise.resolve([]) } as Partial<KnownRegistries>;

/** Clients over a login and a trust that the test can change, as another process would. */
function clientsOver(world: { login: string | null; ca: string[]; broken?: boolean }) {
  return createRegistryClients({
    registries: registries as KnownRegistries,
    introductionFor: async () => null,
    isPlainAllowed: async () => false,
    materialFor: () =>
      world.broken ? Promise.reject(new Error('EIO')) : Promise.resolve(world.ca),
    tokenServersFor: async () => [],
    ...nothingKept,
    loginOf: () => Promise.resolve(world.login),
    credentialsFor: () => Promise.resolve(null),
    clock: { now: () => 0 },
    noteAnswer: () => Promise.resolve(),
  });
}

it('a client is kept while nothing it was made from changes', async () => {
  const clients = clientsOver({ login: 'ada 1', ca: [] });
  expect(await clients.of('nas:5000')).toBe(await clients.of('nas:5000'));
});

it('another process that signs out or ends trust ends the client, too', async () => {
  const world = { login: 'ada 1' as string | null, ca: ['PEM'] };
  const clients = clientsOver(world);
  const first = await clients.of('nas:5000');
  world.login = null;
  const second = await clients.of('nas:5000');
  expect(second).not.toBe(first);
  world.ca = [];
  expect(await clients.of('nas:5000')).not.toBe(second);
});

it('a failure is not remembered', async () => {
  const world = { login: null, ca: [], broken: true };
  const clients = clientsOver(world);
  await expect(clients.of('nas:5000')).rejects.toThrow('EIO');
  world.broken = false;
  await expect(clients.of('nas:5000')).resolves.toBeDefined();
});
