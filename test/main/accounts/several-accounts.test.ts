import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, createAccounts } from '../../../main/accounts/accounts.ts';
import type { Keychain } from '../../../main/accounts/secrets/keychain.ts';
import { type FakeKeychain, fakeKeychain } from '../../fakes/keychain.ts';

let data: string;
let fake: FakeKeychain;
let accounts: Accounts;

const open = () =>
  createAccounts({ paths: { data }, clock: { now: () => 0 }, keychain: fake.keychain });
const ada = { address: 'h:1', username: 'ada', secret: 'analytical' };
const bob = { address: 'https://H:1', username: 'bob', secret: 'builder' };
const HUB = 'https://index.docker.io/v1/';
/** Who is there, and who of them is in use. */
const seen = async () =>
  (await accounts.list()).map(({ username, inUse }) => `${username}${inUse ? '*' : ''}`);

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-accounts-'));
  fake = fakeKeychain();
  accounts = open();
});
afterEach(() => rm(data, { recursive: true }));

describe('several accounts for one registry', () => {
  it('has the one in use that was saved last, the others kept', async () => {
    await accounts.save(ada);
    await accounts.save(bob);
    expect(await seen()).toEqual(['bob*', 'ada']);
    expect(await accounts.credentialsFor('h:1')).toMatchObject({ username: 'bob' });
    await accounts.save(ada);
    expect(await seen()).toEqual(['ada*', 'bob']);
    expect(await accounts.credentialsFor('h:1', 'bob')).toMatchObject({ password: 'builder' });
  });

  it('puts another one in use, for that registry only, and tells whoever has the old one', async () => {
    await accounts.save(ada);
    await accounts.save(bob);
    await accounts.save({ ...ada, address: 'h:2' });
    const before = await accounts.loginOf('h:1');
    expect(await accounts.use('h:1', 'ada')).toMatchObject({ username: 'ada', inUse: true });
    expect(await accounts.credentialsFor('http://h:1')).toMatchObject({ username: 'ada' });
    expect(await accounts.loginOf('h:1')).not.toBe(before);
    expect(await accounts.listInUse()).toEqual([
      { address: 'h:1', username: 'ada' },
      { address: 'h:2', username: 'ada' },
    ]);
  });

  it('does not put a stranger in use, and changes nothing then', async () => {
    await accounts.save(ada);
    const unknown = { code: 'ACCOUNT_UNKNOWN', data: { address: 'h:1', username: 'eve' } };
    await expect(accounts.use('h:1', 'eve')).rejects.toMatchObject(unknown);
    await expect(accounts.use('h:2', 'ada')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    expect(await seen()).toEqual(['ada*']);
  });

  it('makes nobody somebody else when the one in use goes', async () => {
    await accounts.save(ada);
    await accounts.save(bob);
    expect(await accounts.remove('h:1', 'bob')).toBe(true);
    expect(await accounts.remove('h:1', 'bob')).toBe(false);
    expect(await seen()).toEqual(['ada']);
    expect(await accounts.credentialsFor('h:1')).toBeNull();
    expect(await accounts.loginOf('h:1')).toBeNull();
    expect(await accounts.listInUse()).toEqual([]);
    await accounts.use('h:1', 'ada');
    expect(await accounts.credentialsFor('h:1')).toMatchObject({ username: 'ada' });
  });

  it('leaves the one in use when another goes', async () => {
    await accounts.save(ada);
    await accounts.save(bob);
    await accounts.remove('h:1', 'ada');
    expect(await seen()).toEqual(['bob*']);
    expect([...fake.items.keys()]).toEqual(['h:1 bob']);
  });

  it('loses the one in use alone to docker logout, however often that asks', async () => {
    await accounts.save(ada);
    await accounts.save(bob);
    const erased: boolean[] = [];
    for (const key of ['h:1', 'h:1', 'http://h:1', 'https://h:1']) {
      erased.push(await accounts.removeInUse(key));
    }
    expect(erased).toEqual([true, false, false, false]);
    expect(await seen()).toEqual(['ada']);
    expect([...fake.items.keys()]).toEqual(['h:1 ada']);
  });

  it('keeps a password beside the identity token that docker login fetched with it', async () => {
    await accounts.save(ada);
    await accounts.save({ ...ada, username: '<token>', secret: 'refresh' });
    expect(await accounts.credentialsFor('h:1')).toMatchObject({ username: '<token>' });
    expect(await seen()).toEqual(['<token>*', 'ada']);
    await accounts.use('h:1', 'ada');
    expect(await accounts.credentialsFor('h:1')).toMatchObject({ password: 'analytical' });
  });

  it('has exactly one in use however many choose at once', async () => {
    const users = Array.from({ length: 8 }, (_, n) => `u${n}`);
    await Promise.all(users.map((username) => open().save({ ...ada, username })));
    await Promise.all(users.map((username) => open().use('h:1', username)));
    expect((await seen()).filter((one) => one.endsWith('*'))).toHaveLength(1);
    expect(await accounts.list()).toHaveLength(8);
  });

  it('keeps a login that is saved again while it is being removed', async () => {
    await accounts.save(ada);
    const { keychain } = fake;
    const interrupted: Keychain = {
      ...keychain,
      remove: async (item) => {
        const removed = await keychain.remove(item);
        await open().save({ ...ada, secret: 'again' });
        return removed;
      },
    };
    const other = createAccounts({
      paths: { data },
      clock: { now: () => 0 },
      keychain: interrupted,
    });
    await other.remove('h:1');
    expect(await seen()).toEqual(['ada*']);
  });
});

describe('docker’s own tokens beside the account of Docker Hub', () => {
  beforeEach(async () => {
    await accounts.save({ address: HUB, username: 'ada', secret: 'pat' });
    await accounts.save({ address: `${HUB}access-token`, username: 'ada', secret: 'jwt' });
    await accounts.save({ address: `${HUB}refresh-token`, username: 'ada', secret: 'refresh' });
  });

  it('are no accounts of people, but docker finds them', async () => {
    expect((await accounts.list()).map(({ address }) => address)).toEqual(['docker.io']);
    expect((await accounts.listInUse()).map(({ address }) => address)).toEqual([
      'docker.io',
      `${HUB}access-token`,
      `${HUB}refresh-token`,
    ]);
    expect(await accounts.credentialsFor(`${HUB}access-token`)).toMatchObject({ password: 'jwt' });
  });

  it('go with it when people sign out, and each by itself when docker does', async () => {
    await accounts.removeInUse(`${HUB}access-token`);
    expect(await accounts.credentialsFor(HUB)).toMatchObject({ password: 'pat' });
    await accounts.save({ address: HUB, username: 'bob', secret: 'pw' });
    await accounts.remove('docker.io', 'ada');
    expect([...fake.items.keys()]).toEqual([`${HUB} bob`]);
    await accounts.save({ address: `${HUB}refresh-token`, username: 'bob', secret: 'refresh' });
    await accounts.remove('docker.io');
    expect(fake.items.size).toBe(0);
  });
});

describe('a list of the first version', () => {
  const entry = (address: string, username: string) => ({ address, username, updatedAt: 'then' });

  it('has the login in use that was saved last for its registry', async () => {
    const file = join(data, 'accounts.json');
    const logins = [entry('h:1', 'ada'), entry('h:2', 'eve'), entry('https://H:1/v2/', 'bob')];
    const text = JSON.stringify({ version: 1, accounts: logins });
    await writeFile(file, text);
    expect(await seen()).toEqual(['bob*', 'eve*', 'ada']);
    expect(await readFile(file, 'utf8')).toBe(text);
    await accounts.use('h:1', 'ada');
    expect(await seen()).toEqual(['bob', 'eve*', 'ada*']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 2 });
  });
});
