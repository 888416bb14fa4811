import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Accounts, createAccounts } from '../../../main/accounts/accounts.ts';
import { type FakeKeychain, fakeKeychain } from '../../fakes/keychain.ts';

let data: string;
let fake: FakeKeychain;
let accounts: Accounts;
let time: number;

const open = () =>
  createAccounts({ paths: { data }, clock: { now: () => time }, keychain: fake.keychain });
const HUB = 'https://index.docker.io/v1/';
const ada = { address: 'h:1', username: 'ada', secret: 'analytical' };

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-accounts-'));
  time = Date.UTC(2026, 0, 2, 3, 4, 5);
  fake = fakeKeychain();
  accounts = open();
});
afterEach(() => rm(data, { recursive: true }));

describe('accounts', () => {
  it('keeps the secret in the keychain and only the rest in a file', async () => {
    expect(await accounts.save(ada)).toEqual({
      address: 'h:1',
      username: 'ada',
      kind: 'password',
      source: 'keychain',
      updatedAt: '2026-01-02T03:04:05.000Z',
      inUse: true,
      workedAt: null,
      refusedAt: null,
    });
    const file = join(data, 'accounts.json');
    expect(await readFile(file, 'utf8')).not.toContain('analytical');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect([...fake.items]).toEqual([['h:1 ada', 'analytical']]);
    expect(await open().credentialsFor('h:1')).toEqual({ username: 'ada', password: 'analytical' });
  });

  it('finds a login under every form of the registry’s name', async () => {
    await accounts.save({ ...ada, address: 'Registry.Test:5443' });
    for (const name of ['registry.test:5443', 'https://registry.test:5443/v2/']) {
      expect(await accounts.credentialsFor(name)).toMatchObject({ username: 'ada' });
    }
    expect(await accounts.credentialsFor('registry.test')).toBeNull();
    expect(await accounts.credentialsFor('registry.test:5444')).toBeNull();
    expect((await accounts.list())[0]?.address).toBe('registry.test:5443');
  });

  it('keeps no password that is part of a registry’s name', async () => {
    const address = 'https://ada:hunter2@r.test/v2/';
    await accounts.save({ ...ada, address });
    expect(await readFile(join(data, 'accounts.json'), 'utf8')).not.toContain('hunter2');
    for (const name of [address, 'r.test']) {
      expect(await accounts.credentialsFor(name)).toMatchObject({ password: 'analytical' });
    }
    // What is no registry is found by its whole name only.
    await accounts.save({ ...ada, address: 'a@b c' });
    expect(await accounts.credentialsFor('a@b c')).toMatchObject({ password: 'analytical' });
  });

  it('takes back one saving, not a later one, nor docker’s tokens beside it', async () => {
    const token = `${HUB}refresh-token`;
    await accounts.save({ ...ada, address: token });
    const first = await accounts.save({ ...ada, address: HUB });
    const second = await accounts.save({ ...ada, address: HUB, secret: 'newer' });
    expect(await accounts.takeBack(first)).toBe(false);
    expect(await accounts.credentialsFor(HUB)).toMatchObject({ password: 'newer' });
    expect(await accounts.takeBack(second)).toBe(true);
    expect(await accounts.takeBack(second)).toBe(false);
    expect(await accounts.credentialsFor(HUB)).toBeNull();
    expect(await accounts.credentialsFor(token)).toMatchObject({ password: 'analytical' });
  });

  it('names registries as people do', async () => {
    for (const address of [HUB, 'https://Nas.Test:443/v2/', 'http://h:80', 'what is this']) {
      await accounts.save({ ...ada, address });
    }
    expect((await accounts.list()).map(({ address }) => address)).toEqual([
      'what is this',
      'h:80',
      'nas.test:443',
      'docker.io',
    ]);
  });

  it('knows an identity token by docker’s name for it', async () => {
    const token = await accounts.save({ ...ada, username: '<token>', secret: 'refresh' });
    expect(token).toMatchObject({ username: '<token>', kind: 'identity-token', inUse: true });
  });

  it('signs out of a registry with all its logins, and of no other', async () => {
    await accounts.save(ada);
    await accounts.save({ ...ada, username: 'bob' });
    await accounts.save({ ...ada, address: 'h:2' });
    expect(await accounts.remove('https://h:1/')).toBe(true);
    expect(await accounts.remove('h:1')).toBe(false);
    expect(await accounts.credentialsFor('h:1')).toBeNull();
    expect([...fake.items.keys()]).toEqual(['h:2 ada']);
  });

  it('tells a locked keychain from a login that is not there', async () => {
    await accounts.save(ada);
    fake.state = 'locked';
    const locked = { code: 'KEYCHAIN_LOCKED', data: { address: 'h:1' } };
    await expect(accounts.credentialsFor('h:1')).rejects.toMatchObject(locked);
    expect(await accounts.credentialsFor('h:2')).toBeNull();
    await expect(accounts.remove('h:1')).rejects.toMatchObject(locked);
    await expect(accounts.save(ada)).rejects.toMatchObject(locked);
    expect(await accounts.list()).toHaveLength(1);
    fake.state = 'unlocked';
    expect(await accounts.credentialsFor('h:1')).toMatchObject({ password: 'analytical' });
  });

  it('takes a login that was removed elsewhere as absent, unless nobody can tell', async () => {
    await accounts.save(ada);
    fake.items.clear();
    expect(await accounts.credentialsFor('h:1')).toBeNull();
    fake.state = 'unknown';
    await expect(accounts.credentialsFor('h:1')).rejects.toMatchObject({ code: 'KEYCHAIN_LOCKED' });
    fake.state = 'unlocked';
    expect(await accounts.remove('h:1')).toBe(true);
    expect(await accounts.list()).toEqual([]);
  });

  it('tells the truth after a kill at any step', async () => {
    const killAt = (call: string) => {
      fake.before = (each) => {
        if (each === call) throw new Error('killed');
      };
    };
    killAt('set h:1 ada');
    await expect(accounts.save(ada)).rejects.toThrow();
    expect(await accounts.list()).toEqual([]);
    fake.before = () => undefined;
    await accounts.save(ada);
    killAt('delete h:1 ada');
    await expect(accounts.remove('h:1')).rejects.toThrow();
    expect(await accounts.list()).toHaveLength(1);
    expect(await accounts.credentialsFor('h:1')).toMatchObject({ password: 'analytical' });
  });

  it('never writes over a list that it can’t read', async () => {
    const file = join(data, 'accounts.json');
    for (const text of [
      '',
      'null',
      '{"version":3,"accounts":[]}',
      '{"version":1,"accounts":[{}]}',
      '{"version":2,"accounts":[{"address":"h:1","username":"ada","updatedAt":""}]}',
    ]) {
      await writeFile(file, text);
      await expect(accounts.list()).rejects.toMatchObject({ code: 'STATE_INVALID' });
      await expect(accounts.save(ada)).rejects.toMatchObject({ code: 'STATE_INVALID' });
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });

  it('loses nothing when many save at once', async () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ ...ada, address: `h:${n + 1}` }));
    await Promise.all(many.map((each) => open().save(each)));
    expect(await accounts.list()).toHaveLength(30);
  });
});
