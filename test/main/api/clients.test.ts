import { expect, it } from 'vitest';
import { createRegistryClients } from '../../../main/api/clients.ts';
import type { KnownRegistries } from '../../../main/registry/known-registries.ts';
import { calm, openFake } from '../registry/open-fake.ts';
import { nothingKept } from './nothing-kept.ts';

const registries = { list: () => Promise.resolve([]) } as Partial<KnownRegistries>;

/** Clients over a login and a trust that the test can change, as another process would. */
function clientsOver(world: {
  login: string | null;
  ca: string[];
  user?: string;
  headers?: string | null;
  broken?: boolean;
}) {
  return createRegistryClients({
    registries: registries as KnownRegistries,
    introductionFor: async () => null,
    isPlainAllowed: async (address) => address.startsWith('127.'),
    materialFor: () =>
      world.broken ? Promise.reject(new Error('EIO')) : Promise.resolve(world.ca),
    tokenServersFor: async () => [],
    headers: { stateOf: async () => world.headers ?? null, valuesFor: async () => ({}) },
    ...nothingKept,
    viewerOf: async (address) => ({ address, user: world.user ?? null }),
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

it('another process that signs out, ends trust or sets a header ends the client, too', async () => {
  const world = { login: 'ada 1' as string | null, ca: ['PEM'], headers: null as string | null };
  const clients = clientsOver(world);
  const first = await clients.of('nas:5000');
  world.login = null;
  const second = await clients.of('nas:5000');
  expect(second).not.toBe(first);
  world.ca = [];
  const third = await clients.of('nas:5000');
  expect(third).not.toBe(second);
  world.headers = 'X-Key 1';
  expect(await clients.of('nas:5000')).not.toBe(third);
});

it('what was begun with one account is not done with another one', async () => {
  const world = { login: 'ada 1', ca: [], user: 'ada' };
  const fake = await openFake(
    () => ({ status: 401, headers: { 'www-authenticate': 'Basic' } }),
    {},
  );
  const first = await clientsOver(world).of(fake.address);
  world.user = 'bob';
  await expect(first.listTags('x', calm)).rejects.toHaveProperty('code', 'ACCOUNT_SWITCHED');
});

it('what is under way ends well where the login is saved again, and at once where trust ends', async () => {
  const fake = await openFake(
    ({ repetition }) => ({
      body: { tags: ['1'] },
      ...(repetition === 0 ? { drip: 1 } : { fault: 'stall' }),
    }),
    {},
  );
  const world = { login: 'ada 1', ca: ['PEM'] };
  const clients = clientsOver(world);
  const first = (await clients.of(fake.address)).listTags('x', calm);
  await expect.poll(() => fake.seen.length).toBe(1);
  world.login = 'ada 2';
  const second = (await clients.of(fake.address)).listTags('x', calm);
  await expect(first).resolves.toEqual(['1']);
  await expect.poll(() => fake.seen.length).toBe(2);
  world.ca = [];
  await clients.of(fake.address);
  await expect(second).rejects.toHaveProperty('code');
});

it('what goes on with a client that was replaced ends with trust, too, and begins nothing new', async () => {
  const fake = await openFake(() => ({ body: { tags: ['1'] }, fault: 'stall' }), {});
  const world = { login: 'ada 1', ca: ['PEM'] };
  const clients = clientsOver(world);
  const replaced = await clients.of(fake.address);
  const first = replaced.listTags('x', calm);
  await expect.poll(() => fake.seen.length).toBe(1);
  world.login = 'ada 2';
  await clients.of(fake.address);
  world.ca = [];
  await clients.of(fake.address);
  await expect(first).rejects.toHaveProperty('code');
  const before = fake.seen.length;
  await expect(replaced.listTags('x', calm)).rejects.toHaveProperty('code', 'CANCELLED');
  expect(fake.seen).toHaveLength(before);
});

it('a failure is not remembered', async () => {
  const world = { login: null, ca: [], broken: true };
  const clients = clientsOver(world);
  await expect(clients.of('nas:5000')).rejects.toThrow('EIO');
  world.broken = false;
  await expect(clients.of('nas:5000')).resolves.toBeDefined();
});
