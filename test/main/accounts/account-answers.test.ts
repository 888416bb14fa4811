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
const ada = { address: 'h:1', username: 'ada', secret: 'analytical' };
const file = () => join(data, 'account-answers.json');
const at = (ms: number) => new Date(ms).toISOString();
const seen = async () => {
  const [account] = await accounts.list();
  return { workedAt: account?.workedAt, refusedAt: account?.refusedAt };
};

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-answers-'));
  time = Date.UTC(2026, 0, 2);
  fake = fakeKeychain();
  accounts = open();
  await accounts.save(ada);
});
afterEach(() => rm(data, { recursive: true }));

describe('what the registry said to a login', () => {
  it('is unknown at first, and no file is written for that', async () => {
    expect(await seen()).toEqual({ workedAt: null, refusedAt: null });
    await expect(readFile(file())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is remembered across processes, without the secret', async () => {
    await accounts.noteAnswer('https://H:1/v2/', 'ada', 'worked');
    expect((await open().list())[0]).toMatchObject({ workedAt: at(time), refusedAt: null });
    expect(await readFile(file(), 'utf8')).not.toContain('analytical');
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('tells when it was refused and when it last worked, until it works again', async () => {
    const start = time;
    await accounts.noteAnswer('h:1', 'ada', 'worked');
    time += 1000;
    await accounts.noteAnswer('h:1', 'ada', 'refused', 'to-the-hour');
    expect(await seen()).toEqual({ workedAt: at(start), refusedAt: at(start + 1000) });
    time += 1000;
    await accounts.noteAnswer('h:1', 'ada', 'worked', 'to-the-hour');
    expect(await seen()).toEqual({ workedAt: at(start + 2000), refusedAt: null });
  });

  it('is written once an hour while nothing changes, unless somebody asked', async () => {
    const start = time;
    await accounts.noteAnswer('h:1', 'ada', 'worked', 'to-the-hour');
    time += 3_599_999;
    await accounts.noteAnswer('h:1', 'ada', 'worked', 'to-the-hour');
    expect(await seen()).toMatchObject({ workedAt: at(start) });
    time += 1;
    await accounts.noteAnswer('h:1', 'ada', 'worked', 'to-the-hour');
    expect(await seen()).toMatchObject({ workedAt: at(time) });
    time += 1;
    await accounts.noteAnswer('h:1', 'ada', 'worked');
    expect(await seen()).toMatchObject({ workedAt: at(time) });
  });

  it('is forgotten when the login is saved again, were it in the same millisecond', async () => {
    await accounts.noteAnswer('h:1', 'ada', 'refused');
    await accounts.save({ ...ada, secret: 'engine' });
    expect(await seen()).toEqual({ workedAt: null, refusedAt: null });
  });

  it('goes with the login, also with one that the helper removed', async () => {
    await accounts.save({ ...ada, username: 'bob' });
    await accounts.noteAnswer('h:1', 'ada', 'worked');
    await accounts.noteAnswer('h:1', 'bob', 'worked');
    await accounts.remove('h:1', 'ada');
    expect(await readFile(file(), 'utf8')).not.toContain('ada');
    await accounts.removeInUse('h:1');
    await accounts.save({ ...ada, address: 'h:2' });
    await accounts.noteAnswer('h:2', 'ada', 'worked');
    expect(await readFile(file(), 'utf8')).not.toContain('bob');
  });

  it('is not noted of somebody who has no login', async () => {
    await accounts.noteAnswer('h:1', 'eve', 'refused');
    await expect(readFile(file())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is never what keeps the logins from being listed or removed', async () => {
    for (const text of ['', 'null', '{"version":2}', '{"version":1,"answers":[{}]}']) {
      await writeFile(file(), text);
      expect(await seen()).toEqual({ workedAt: null, refusedAt: null });
    }
    expect(await accounts.remove('h:1')).toBe(true);
  });

  it('is not touched by what the helper does', async () => {
    await accounts.noteAnswer('h:1', 'ada', 'worked');
    const before = await readFile(file(), 'utf8');
    await accounts.save({ ...ada, username: '<token>' });
    await accounts.credentialsFor('h:1');
    await accounts.listInUse();
    await accounts.removeInUse('h:1');
    expect(await readFile(file(), 'utf8')).toBe(before);
  });
});
