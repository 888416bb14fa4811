import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeIdentity } from '../../../../main/accounts/secrets/files/age.ts';
import { makeStoreWorld, type StoreWorld } from './store-world.ts';

let world: StoreWorld;

const ada = { address: 'nas.local:5000', username: 'ada', secret: 'analytical engine' };
const bob = { address: 'https://index.docker.io/v1/', username: 'bob', secret: 'pw\n"ü€' };
const passphrase = 'correct horse battery';
const keyPath = () => join(world.root, 'keys', 'regent.key');
const byKeyFile = () => ({ kind: 'key-file', path: keyPath() }) as const;
const byPassphrase = { kind: 'passphrase', passphrase } as const;
const passwordOf = async ({ address, username }: typeof ada) =>
  (await world.accounts.credentialsFor(address, username))?.password;
const allFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

beforeEach(() => {
  world = makeStoreWorld();
});
afterEach(async () => {
  await world.store.dispose();
  await rm(world.root, { recursive: true });
});

describe('the place for logins', () => {
  it('is the keychain until another is chosen, also where the keychain is out of reach', async () => {
    world.fake.state = 'absent';
    await expect(world.accounts.save(ada)).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    expect(await world.store.status()).toEqual({
      kind: 'keychain',
      offersFiles: true,
      keychain: {
        state: 'unavailable',
        name: 'Secret Service',
        problem: { code: 'KEYCHAIN_UNAVAILABLE', data: expect.anything() },
      },
      file: null,
    });
    expect(existsSync(world.data) ? allFiles(world.data) : []).toEqual([]);
  });

  it('becomes encrypted files by choice, without any keychain', async () => {
    world.fake.state = 'absent';
    const status = await world.store.choose(byKeyFile());
    expect(status).toMatchObject({
      kind: 'file',
      file: {
        unlockedBy: 'key-file',
        keyFile: keyPath(),
        locked: false,
        until: null,
        problem: null,
      },
    });
    expect(await world.accounts.save(ada)).toMatchObject({ source: 'file' });
    await world.accounts.save(bob);
    expect(await passwordOf(ada)).toBe(ada.secret);
    expect(await passwordOf(bob)).toBe(bob.secret);
    expect((await world.accounts.list()).map(({ source }) => source)).toEqual(['file', 'file']);
    expect(await world.accounts.remove(ada.address)).toBe(true);
    expect(await world.accounts.credentialsFor(ada.address)).toBeNull();
    expect(world.fake.calls.filter((call) => !call.endsWith('nobody'))).toEqual([]);
  });

  it('takes every login along, there and back, and leaves nothing behind', async () => {
    await world.accounts.save(ada);
    await world.accounts.save(bob);
    await world.store.choose(byKeyFile());
    expect(world.fake.items.size).toBe(0);
    expect(await passwordOf(ada)).toBe(ada.secret);
    expect(await passwordOf(bob)).toBe(bob.secret);
    expect(await world.store.choose({ kind: 'keychain' })).toMatchObject({
      kind: 'keychain',
      file: null,
    });
    expect([...world.fake.items.values()].sort()).toEqual([ada.secret, bob.secret].sort());
    expect(await passwordOf(bob)).toBe(bob.secret);
    expect(allFiles(world.data).filter((path) => path.endsWith('.age'))).toEqual([]);
  });

  it('goes from a key file to a passphrase, to another passphrase and to another key file', async () => {
    await world.store.choose(byKeyFile());
    await world.accounts.save(ada);
    await world.store.choose(byPassphrase);
    expect(await passwordOf(ada)).toBe(ada.secret);
    const first = (await world.store.status()).file?.path ?? '';
    await world.store.choose({ kind: 'passphrase', passphrase: 'another one' });
    expect(await passwordOf(ada)).toBe(ada.secret);
    expect(existsSync(first)).toBe(false);
    await world.store.lock();
    await expect(world.store.unlock(passphrase, 5)).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
    await world.store.unlock('another one', 5);
    await world.store.choose({ kind: 'key-file', path: join(world.root, 'other.key') });
    expect(await passwordOf(ada)).toBe(ada.secret);
    expect(readdirSync(join(world.data, 'logins'))).toHaveLength(1);
  });

  it('holds no plain text, and shows nothing to others', async () => {
    await world.store.choose(byPassphrase);
    await world.accounts.save(ada);
    for (const path of allFiles(world.data)) {
      const text = readFileSync(path, 'latin1');
      expect(text).not.toContain(ada.secret);
      expect(text).not.toContain(passphrase);
      expect(text).not.toContain('AGE-SECRET-KEY');
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
    for (let folder = (await world.store.status()).file?.path ?? ''; folder !== world.root; ) {
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      folder = join(folder, '..');
    }
  });

  it('stays where it is when a login can’t be read there, and says which', async () => {
    await world.accounts.save(ada);
    world.fake.state = 'locked';
    const stays = { code: 'LOGINS_NOT_MOVED', data: { addresses: [ada.address] } };
    await expect(world.store.choose(byKeyFile())).rejects.toMatchObject(stays);
    expect((await world.store.status()).kind).toBe('keychain');
    world.fake.state = 'unlocked';
    expect(await passwordOf(ada)).toBe(ada.secret);
    await world.store.choose(byPassphrase);
    await world.store.lock();
    await expect(world.store.choose({ kind: 'keychain' })).rejects.toMatchObject(stays);
    await expect(world.store.choose(byKeyFile())).rejects.toMatchObject(stays);
    await world.store.unlock(passphrase, undefined);
    expect(await passwordOf(ada)).toBe(ada.secret);
    world.fake.state = 'absent';
    await expect(world.store.choose({ kind: 'keychain' })).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
    });
    expect(await passwordOf(ada)).toBe(ada.secret);
  });

  it('is not offered on Windows, which has one of its own', async () => {
    const { store } = world.again({ platform: 'win32' });
    await expect(store.choose(byKeyFile())).rejects.toMatchObject({ code: 'STORE_UNSUPPORTED' });
  });

  it('loses nothing that another process saves while it is changed', async () => {
    const users = Array.from({ length: 30 }, (_, n) => `user-${n}`);
    const other = world.again();
    await world.accounts.save({ ...ada, username: 'first' });
    const saving = (async () => {
      for (const username of users) {
        await other.accounts.save({ address: 'h:1', username, secret: `pw of ${username}` });
      }
    })();
    for (const choice of [byKeyFile(), { kind: 'keychain' } as const, byKeyFile()]) {
      await world.store.choose(choice);
    }
    await saving;
    for (const username of users) {
      const found = await world.accounts.credentialsFor('h:1', username);
      expect(found?.password).toBe(`pw of ${username}`);
    }
    expect([...world.fake.items.keys()]).toEqual([]);
  });

  it('is changed by one at a time', async () => {
    await world.accounts.save(ada);
    const others = [world.again(), world.again(), world.again()];
    await Promise.all([
      ...others.map(({ store }, n) =>
        store.choose({ kind: 'key-file', path: join(world.root, `${n}.key`) }),
      ),
      world.store.choose({ kind: 'keychain' }),
    ]);
    expect(await passwordOf(ada)).toBe(ada.secret);
  });
});

describe('a passphrase', () => {
  beforeEach(async () => {
    await world.store.choose(byPassphrase);
    await world.accounts.save(ada);
  });

  it('opens the logins for eight hours after it was chosen', async () => {
    const { file } = await world.store.status();
    expect(file).toMatchObject({ unlockedBy: 'passphrase', keyFile: null, locked: false });
    const left = Date.parse(file?.until ?? '') - Date.now();
    expect(left / 3_600_000).toBeGreaterThan(7.9);
    expect(left / 3_600_000).toBeLessThanOrEqual(8);
    expect(await passwordOf(ada)).toBe(ada.secret);
  });

  it('is asked for again once they are locked; keeping and removing goes on without it', async () => {
    expect((await world.store.lock()).file).toMatchObject({
      ...{ locked: true, until: null, problem: null },
    });
    const locked = { code: 'STORE_LOCKED', data: { address: ada.address } };
    await expect(passwordOf(ada)).rejects.toMatchObject(locked);
    await world.accounts.save(bob);
    await expect(passwordOf(bob)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    expect(await world.accounts.credentialsFor('nobody:1')).toBeNull();
    expect((await world.store.unlock(passphrase, 1)).file?.locked).toBe(false);
    expect(await passwordOf(bob)).toBe(bob.secret);
    await world.store.lock();
    expect(await world.accounts.remove(ada.address)).toBe(true);
  });

  it('has to be the right one, and has to be one', async () => {
    await world.store.lock();
    await expect(world.store.unlock('wrong', 1)).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    });
    expect((await world.store.status()).file?.locked).toBe(true);
    await world.store.unlock(passphrase, 1);
    await world.store.choose(byKeyFile());
    await expect(world.store.unlock(passphrase, 1)).rejects.toMatchObject({
      code: 'UNLOCK_NOT_NEEDED',
    });
    expect((await world.store.lock()).file?.locked).toBe(false);
  });

  it('opens nothing where the identity is damaged or gone, which is said', async () => {
    await world.store.lock();
    const identity = join((await world.store.status()).file?.path ?? '', 'identity.age');
    writeFileSync(identity, readFileSync(identity).subarray(0, -1));
    await expect(world.store.unlock(passphrase, 1)).rejects.toMatchObject({
      ...{ code: 'STATE_INVALID', data: { path: identity } },
    });
    await rm(identity);
    await expect(world.store.unlock(passphrase, 1)).rejects.toMatchObject({ code: 'FILE_FAILED' });
    expect((await world.store.status()).file?.problem).toMatchObject({ code: 'FILE_FAILED' });
  });
});

describe('a key file', () => {
  it('is made once, for its owner alone, and used again', async () => {
    await world.store.choose(byKeyFile());
    const text = readFileSync(keyPath(), 'utf8');
    expect(text).toMatch(
      /^# created: .*\n# public key: age1[a-z0-9]+\nAGE-SECRET-KEY-1[A-Z0-9]+\n$/,
    );
    expect(statSync(keyPath()).mode & 0o777).toBe(0o600);
    await world.accounts.save(ada);
    await world.store.choose({ kind: 'keychain' });
    await world.store.choose(byKeyFile());
    expect(readFileSync(keyPath(), 'utf8')).toBe(text);
    expect(await passwordOf(ada)).toBe(ada.secret);
  });

  it('is asked for with each login, and what is wrong with it is said', async () => {
    await world.store.choose(byKeyFile());
    await world.accounts.save(ada);
    const invalid = (reason: string) => ({
      ...{ code: 'KEY_FILE_INVALID', data: { path: keyPath(), reason } },
    });
    const own = readFileSync(keyPath());
    chmodSync(keyPath(), 0o640);
    await expect(passwordOf(ada)).rejects.toMatchObject(invalid('othersCanRead'));
    expect((await world.store.status()).file).toMatchObject({
      ...{ locked: true, problem: invalid('othersCanRead') },
    });
    await rm(keyPath());
    await expect(passwordOf(ada)).rejects.toMatchObject(invalid('ENOENT'));
    const elsewhere = makeStoreWorld();
    await elsewhere.store.choose(byKeyFile());
    await rm(elsewhere.root, { recursive: true });
    await expect(passwordOf(ada)).rejects.toMatchObject(invalid('otherKey'));
    expect((await world.store.status()).file?.problem).toMatchObject(invalid('otherKey'));
    writeFileSync(keyPath(), own);
    expect(await passwordOf(ada)).toBe(ada.secret);
  });

  it('keeps no login for a recipient that was put in the place of its own', async () => {
    await world.store.choose(byKeyFile());
    const path = join(world.data, 'secret-store.json');
    const { recipient } = await makeIdentity();
    const choice = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...choice, recipient }));
    await expect(world.accounts.save(ada)).rejects.toMatchObject({
      ...{ code: 'KEY_FILE_INVALID', data: { path: keyPath(), reason: 'otherKey' } },
    });
    expect(allFiles(world.data).filter((name) => name.endsWith('.age'))).toEqual([]);
  });

  it('need not be at hand for keeping a login', async () => {
    await world.store.choose(byKeyFile());
    const away = `${keyPath()}.away`;
    renameSync(keyPath(), away);
    await world.accounts.save(ada);
    renameSync(away, keyPath());
    expect(await passwordOf(ada)).toBe(ada.secret);
  });

  it('can be moved, and be named anew', async () => {
    await world.store.choose(byKeyFile());
    await world.accounts.save(ada);
    const moved = join(world.root, 'moved.key');
    writeFileSync(moved, readFileSync(keyPath()), { mode: 0o600 });
    await rm(keyPath());
    const { file } = await world.store.choose({ kind: 'key-file', path: moved });
    expect(file).toMatchObject({ keyFile: moved, locked: false });
    expect(await passwordOf(ada)).toBe(ada.secret);
  });
});

describe('the file of the choice', () => {
  it.each(['', '{', '[]', 'null', '{"version":2}', '{"version":1,"recipient":"age1"}'])(
    'is left alone when it is damaged: %j',
    async (text) => {
      await world.store.choose(byKeyFile());
      const path = join(world.data, 'secret-store.json');
      writeFileSync(path, text);
      const invalid = { code: 'STATE_INVALID', data: { path } };
      await expect(world.accounts.save(ada)).rejects.toMatchObject(invalid);
      await expect(world.store.choose({ kind: 'keychain' })).rejects.toMatchObject(invalid);
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );
});
