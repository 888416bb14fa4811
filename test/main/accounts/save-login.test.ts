import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogins } from '../../../main/accounts/logins.ts';
import { withLock } from '../../../main/platform/with-lock.ts';
import { type FakeKeychain, fakeKeychain } from '../../fakes/keychain.ts';

let data: string;
let fake: FakeKeychain;
let now: number;

const open = () =>
  createLogins({ paths: { data }, clock: { now: () => now }, keychain: fake.keychain });
const save = (secret: string, username = 'ada') =>
  open().save({ address: 'h:1', username, secret });
const listed = async () => (await open().entries()).map(({ username }) => username);
const callsOf = async (work: () => Promise<unknown>) => {
  const start = fake.calls.length;
  await work();
  return fake.calls.slice(start);
};

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-save-'));
  fake = fakeKeychain({ itemLimit: 100 });
  now = 0;
});
afterEach(() => rm(data, { recursive: true }));

describe('saving a login again', () => {
  it('looks for old parts only where there may be some', async () => {
    expect(await callsOf(() => save('one'))).toEqual(['get h:1 ada', 'set h:1 ada']);
    expect(await callsOf(() => save('two'))).toEqual(['set h:1 ada']);
    await save('x'.repeat(150));
    expect(fake.items.size).toBe(3);
    expect((await callsOf(() => save('short')))[0]).toBe('get h:1 ada');
    expect([...fake.items]).toEqual([['h:1 ada', 'short']]);
    expect(await callsOf(() => save('shorter'))).toEqual(['set h:1 ada']);
  });

  it('finds the parts that a kill at any step has left', async () => {
    for (let step = 1; ; step += 1) {
      await save('whole');
      const start = fake.calls.length;
      fake.before = () => {
        if (fake.calls.length - start >= step) throw new Error('killed');
      };
      const isSaved = await save('x'.repeat(150)).then(
        () => true,
        () => false,
      );
      fake.before = () => undefined;
      // Parts without a head are the one thing that nobody can find: their save was never finished.
      const hadHead = fake.items.get('h:1 ada') !== 'whole';
      await save('again');
      if (hadHead) expect([...fake.items]).toEqual([['h:1 ada', 'again']]);
      expect(await open().credentialsFor('h:1')).toEqual({ username: 'ada', password: 'again' });
      fake.items.clear();
      if (isSaved) break;
    }
  });

  it('looks next time where somebody else saved it meanwhile', async () => {
    await save('one');
    let isFirst = true;
    fake.before = async () => {
      if (!isFirst) return;
      isFirst = false;
      const other = fakeKeychain({ itemLimit: 100 }).keychain;
      const clock = { now: () => 5 };
      const logins = createLogins({ paths: { data }, clock, keychain: other });
      await logins.save({ address: 'h:1', username: 'ada', secret: 'x'.repeat(150) });
    };
    await save('two');
    fake.before = () => undefined;
    expect((await callsOf(() => save('three')))[0]).toBe('get h:1 ada');
  });
});

describe('a list that is made ready while the keychain is at work', () => {
  const slowly = (ms: number, then = () => {}) => {
    fake.before = async () => {
      await sleep(ms);
      then();
    };
  };

  it('names no login before its secret is there', async () => {
    const seen: (readonly string[])[] = [];
    fake.before = async (call) => {
      await sleep(20);
      if (call.startsWith('set')) seen.push(await listed());
    };
    await save('one');
    await save('two', 'bob');
    expect(seen).toEqual([[], ['ada']]);
    expect(await listed()).toEqual(['ada', 'bob']);
    expect(await readdir(data)).toEqual(['accounts.json']);
  });

  it('stays as it was where the keychain fails, with nothing left beside it', async () => {
    await save('one');
    const before = await readFile(join(data, 'accounts.json'), 'utf8');
    for (const ms of [1, 20, 80]) {
      slowly(ms, () => {
        throw new Error('no');
      });
      await expect(save('two')).rejects.toMatchObject({ code: 'KEYCHAIN_FAILED' });
      expect(await readFile(join(data, 'accounts.json'), 'utf8')).toBe(before);
      expect(await readdir(data)).toEqual(['accounts.json']);
    }
  });

  it('keeps nobody waiting for a keychain that takes its time', async () => {
    await save('one');
    let answer: () => void = () => undefined;
    fake.before = () => new Promise((resolve) => (answer = resolve));
    const saving = save('two', 'bob');
    await sleep(200);
    // Such as an unlock dialog: another process changes the list meanwhile.
    await open().change((accounts) => accounts.map((one) => ({ ...one, inUse: false })));
    for (let isDone = false; !isDone; ) {
      answer();
      isDone = await Promise.race([saving.then(() => true), sleep(5, false)]);
    }
    expect((await open().entries()).map(({ username, inUse }) => [username, inUse])).toEqual([
      ['ada', false],
      ['bob', true],
    ]);
  });

  it('waits for who has the lock already', async () => {
    slowly(5);
    await mkdir(data, { recursive: true });
    let saving: Promise<unknown> = Promise.resolve();
    await withLock(join(data, 'accounts.json'), async () => {
      saving = save('one');
      await sleep(100);
      expect(await listed()).toEqual([]);
    });
    await saving;
    expect(await listed()).toEqual(['ada']);
  });

  it('loses nobody of a crowd', async () => {
    slowly(3);
    const users = Array.from({ length: 40 }, (_, n) => `u${n}`);
    await Promise.all(users.map((username) => save('pw', username)));
    expect([...(await listed())].sort()).toEqual([...users].sort());
    expect(await readdir(data)).toEqual(['accounts.json']);
  });
});
