import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRegistryHeaders } from '../../../../main/accounts/headers/registry-headers.ts';
import { createLogins } from '../../../../main/accounts/logins.ts';
import { readItems } from '../../../../main/accounts/read-items.ts';
import { moveLogins } from '../../../../main/accounts/secrets/move-logins.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { type FakeKeychain, fakeKeychain } from '../../../fakes/keychain.ts';

const ID = 'CF-Access-Client-Id';
let data: string;
let fake: FakeKeychain;
const clock = createFakeClock();

const options = () => ({ paths: { data }, clock, keychain: fake.keychain });
const headers = () => createRegistryHeaders(options());
const names = async (address: string) => (await headers().list(address)).map(({ name }) => name);

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-headers-'));
  fake = fakeKeychain();
});
afterEach(() => rm(data, { recursive: true }));

it('keeps values among the secrets, and only names in a file', async () => {
  const set = await headers().set('nas:5000', ID, 'it is secret');
  expect(set).toEqual({ name: ID, updatedAt: new Date(clock.now()).toISOString() });
  expect(await headers().list('nas:5000')).toEqual([set]);
  expect(await headers().valuesFor('nas:5000')).toEqual({ [ID.toLowerCase()]: 'it is secret' });
  const file = await readFile(join(data, 'headers.json'), 'utf8');
  expect(file).toContain(ID);
  expect(file).not.toContain('secret');
  expect([...fake.items]).toEqual([['%header nas:5000 cf-access-client-id', 'it is secret']]);
});

it('gives each registry its own, in any form of its name', async () => {
  await headers().set('nas', 'X-Key', 'one');
  await headers().set('nas:5000', 'X-Key', 'two');
  expect(await headers().valuesFor('nas:443')).toEqual({ 'x-key': 'one' });
  expect(await headers().valuesFor('NAS:5000')).toEqual({ 'x-key': 'two' });
  expect(await headers().valuesFor('other')).toEqual({});
  expect(await headers().stateOf('other')).toBeNull();
});

it('takes another case of a name for the same header, and tells that it has changed', async () => {
  await headers().set('nas', 'X-Key', 'one');
  const before = await headers().stateOf('nas');
  clock.advance(1);
  await headers().set('nas', 'x-key', 'two');
  expect(await names('nas')).toEqual(['x-key']);
  expect(await headers().valuesFor('nas')).toEqual({ 'x-key': 'two' });
  expect(await headers().stateOf('nas')).not.toBe(before);
  expect(await headers().remove('nas', 'X-KEY')).toBe(true);
  expect(await headers().remove('nas', 'X-KEY')).toBe(false);
  expect(fake.items.size).toBe(0);
  expect(await headers().stateOf('nas')).toBeNull();
});

it.each([
  ['X-API-Key: secret', 'x', 'HEADER_INVALID', { part: 'name' }],
  ['X-Key', 'a\r\nHost: b', 'HEADER_INVALID', { part: 'value' }],
  ['Authorization', 'Bearer x', 'HEADER_TAKEN', { name: 'Authorization' }],
])('refuses %j with %j', async (name, value, code, told) => {
  await expect(headers().set('nas', name, value)).rejects.toMatchObject({ code, data: told });
  expect(fake.calls).toEqual([]);
});

it('says that the keychain is locked where a value is wanted, not that there is none', async () => {
  await headers().set('nas', 'X-Key', 'one');
  fake.state = 'locked';
  await expect(headers().valuesFor('nas')).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
  await expect(headers().remove('nas', 'X-Key')).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
  expect(await names('nas')).toEqual(['X-Key']);
});

it('lists no header whose value could not be kept', async () => {
  fake.before = () => {
    throw new Error('full');
  };
  await expect(headers().set('nas', 'X-Key', 'one')).rejects.toMatchObject({
    code: 'KEYCHAIN_FAILED',
  });
  expect(await names('nas')).toEqual([]);
});

it('is taken along with the logins to another place, and mixed up with none of them', async () => {
  await headers().set('nas', 'x-key', 'value');
  const login = { address: 'header', username: 'nas x-key', secret: 'password' };
  await createLogins(options()).save(login);
  const other = fakeKeychain();
  await moveLogins({
    ...{ from: fake.keychain, to: other.keychain },
    listItems: () => readItems(data),
    switchOver: async () => undefined,
  });
  expect(fake.items.size).toBe(0);
  fake = other;
  expect(await headers().valuesFor('nas')).toEqual({ 'x-key': 'value' });
  expect(await createLogins(options()).credentialsFor('header')).toEqual({
    username: 'nas x-key',
    password: 'password',
  });
});
