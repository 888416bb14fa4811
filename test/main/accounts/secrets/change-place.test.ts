import { readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readChoice } from '../../../../main/accounts/secrets/files/store-choice.ts';
import {
  type StoreFiles,
  systemFiles,
} from '../../../../main/accounts/secrets/files/store-files.ts';
import type { SecretStoreChoice } from '../../../../shared/model/secret-store.ts';
import { makeStoreWorld, type StoreWorld } from './store-world.ts';

const logins = [
  { address: 'a:1', username: 'ada', secret: 'one' },
  { address: 'a:1', username: 'bob', secret: 'two' },
  { address: 'b:1', username: 'ada', secret: 'three' },
];

let world: StoreWorld;
afterEach(() => rm(world.root, { recursive: true }));

/** Files that work `steps` times and then never again, as for a process that is killed there. */
function filesUntil(countDown: () => void): StoreFiles {
  const step = <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) => {
    return async (...args: A) => {
      countDown();
      return work(...args);
    };
  };
  return {
    read: systemFiles.read,
    list: systemFiles.list,
    listFolders: systemFiles.listFolders,
    write: step(systemFiles.write),
    create: step(systemFiles.create),
    remove: step(systemFiles.remove),
    removeFolder: step(systemFiles.removeFolder),
  };
}

const keyFile = (name: string): SecretStoreChoice => ({
  ...{ kind: 'key-file', path: join(world.root, name) },
});
const places: Readonly<Record<string, () => SecretStoreChoice>> = {
  keychain: () => ({ kind: 'keychain' }),
  'key file': () => keyFile('one.key'),
  'other key file': () => keyFile('other.key'),
  passphrase: () => ({ kind: 'passphrase', passphrase: 'correct horse' }),
};
const changes = [
  ['keychain', 'key file'],
  ['keychain', 'passphrase'],
  ['key file', 'keychain'],
  ['key file', 'other key file'],
  ['key file', 'passphrase'],
  ['passphrase', 'keychain'],
  ['passphrase', 'passphrase'],
] as const;

describe('a change of the place, killed at any step', () => {
  const choiceOf = (name: string) => (places[name] ?? places.keychain)?.() as SecretStoreChoice;
  const unlock = () => world.store.unlock('correct horse', 1).catch(() => undefined);
  const expectAllLogins = async () => {
    for (const { address, username, secret } of logins) {
      expect(await world.accounts.credentialsFor(address, username)).toEqual({
        username,
        password: secret,
      });
    }
  };

  /** Chooses, and is killed after that many steps; whether it was. */
  const chooseAndDie = async (choice: SecretStoreChoice, steps: number) => {
    let left = steps;
    let died = false;
    const countDown = () => {
      died ||= left <= 0;
      if (died) throw new Error('killed');
      left -= 1;
    };
    world.fake.before = (call) => (call.startsWith('get') ? undefined : countDown());
    const agent = { ...world.agent, start: async () => countDown() };
    const { store } = world.again({ files: filesUntil(countDown), agent });
    const failure: unknown = await store.choose(choice).then(
      () => undefined,
      (error: unknown) => error,
    );
    world.fake.before = () => undefined;
    if (!died && failure !== undefined) throw failure;
    return died;
  };

  it.each(changes)('from %s to %s, loses nothing, and a second run finishes', async (from, to) => {
    for (let steps = 0; ; steps += 1) {
      world = makeStoreWorld();
      for (const login of logins) await world.accounts.save(login);
      await world.store.choose(choiceOf(from));
      const died = await chooseAndDie(choiceOf(to), steps);

      await unlock();
      await expectAllLogins();
      const { kind } = await world.store.choose(choiceOf(to));
      await expectAllLogins();
      expect(kind).toBe(to === 'keychain' ? 'keychain' : 'file');
      expect(world.fake.items.size).toBe(to === 'keychain' ? logins.length : 0);
      const folders = readdirSync(world.data).includes('logins')
        ? readdirSync(join(world.data, 'logins'))
        : [];
      expect(folders).toHaveLength(to === 'keychain' ? 0 : 1);
      await world.store.dispose();
      if (!died) {
        expect(steps).toBeGreaterThan(logins.length);
        return;
      }
      await rm(world.root, { recursive: true });
    }
  });

  it('leaves a login in the keychain, and remembers it, while its file can’t be read', async () => {
    world = makeStoreWorld();
    for (const login of logins) await world.accounts.save(login);
    world.fake.before = (call) => {
      if (call.startsWith('delete')) throw new Error('killed');
    };
    await world.store.choose(keyFile('one.key')).catch(() => undefined);
    world.fake.before = () => undefined;
    const folder = (await world.store.status()).file?.path ?? '';
    const [damaged = ''] = readdirSync(folder);
    writeFileSync(join(folder, damaged), '');
    await world.store.choose(keyFile('one.key'));
    expect(world.fake.items.size).toBe(1);
    const { choice } = await readChoice(world.data, systemFiles);
    expect(choice?.inKeychain).toEqual([...world.fake.items.keys()]);
    await rm(join(folder, damaged));
    await world.store.choose(keyFile('one.key'));
    await expectAllLogins();
    expect(world.fake.items.size).toBe(0);
  });

  it('is finished later, where the keychain is out of reach at first', async () => {
    world = makeStoreWorld();
    for (const login of logins) await world.accounts.save(login);
    world.fake.before = (call) => {
      if (call.startsWith('delete')) throw new Error('killed');
    };
    await world.store.choose(keyFile('one.key')).catch(() => undefined);
    await world.accounts.remove('b:1');
    world.fake.state = 'absent';
    await world.store.choose(keyFile('other.key'));
    await expect(world.accounts.credentialsFor('a:1', 'bob')).resolves.toMatchObject({
      password: 'two',
    });
    expect(world.fake.items.size).toBe(logins.length);
    world.fake.state = 'unlocked';
    world.fake.before = () => undefined;
    await world.store.choose(keyFile('other.key'));
    expect(world.fake.items.size).toBe(0);
    await expect(world.accounts.credentialsFor('a:1', 'bob')).resolves.toMatchObject({
      password: 'two',
    });
  });
});
