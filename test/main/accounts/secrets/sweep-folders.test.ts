import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeUnless, whyNotRoot } from '../../../lab/index.ts';
import { makeStoreWorld, type StoreWorld } from './store-world.ts';

let world: StoreWorld;
const ada = { address: 'a:1', username: 'ada', secret: 'one' };
const toKeychain = () => world.store.choose({ kind: 'keychain' });
const toKeyFile = (name = 'one.key') =>
  world.store.choose({ kind: 'key-file', path: join(world.root, name) });
const logins = () => join(world.data, 'logins');
const folder = async () => (await world.store.status()).file?.path ?? '';

beforeEach(() => {
  world = makeStoreWorld();
});
afterEach(async () => {
  await world.store.dispose();
  await rm(world.root, { recursive: true });
});

describe('encrypted logins whose choice was lost', () => {
  it('are the only copy, and no change of the place removes them', async () => {
    await toKeyFile();
    await world.accounts.save(ada);
    const path = await folder();
    const before = readdirSync(path);
    const choice = join(world.data, 'secret-store.json');
    renameSync(choice, `${choice}.away`);
    const left = { code: 'LOGINS_LEFT', data: { path } };
    await expect(toKeychain()).rejects.toMatchObject(left);
    await expect(toKeyFile('other.key')).rejects.toMatchObject(left);
    world.fake.state = 'absent';
    await expect(toKeychain()).rejects.toMatchObject(left);
    expect(readdirSync(path)).toEqual(before);
    renameSync(`${choice}.away`, choice);
    await expect(world.accounts.credentialsFor(ada.address)).resolves.toMatchObject({
      password: ada.secret,
    });
  });

  it('are told even when the list of accounts is lost as well', async () => {
    await toKeyFile();
    await world.accounts.save(ada);
    const path = await folder();
    for (const name of readdirSync(world.data)) {
      if (name.endsWith('.json')) await rm(join(world.data, name));
    }
    await expect(toKeychain()).rejects.toMatchObject({ code: 'LOGINS_LEFT', data: { path } });
    expect(readdirSync(path)).toHaveLength(1);
  });

  it('are in nobody’s way once the keychain has them', async () => {
    await toKeyFile();
    await world.accounts.save(ada);
    await rm(join(world.data, 'secret-store.json'));
    await world.accounts.save({ ...ada, secret: 'newer' });
    await toKeychain();
    expect(readdirSync(logins())).toEqual([]);
    await expect(world.accounts.credentialsFor(ada.address)).resolves.toMatchObject({
      password: 'newer',
    });
  });
});

describe('the folder of encrypted logins', () => {
  it('keeps what Regent did not make', async () => {
    const outside = join(world.root, 'outside');
    mkdirSync(join(logins(), 'photos'), { recursive: true, mode: 0o700 });
    mkdirSync(outside);
    writeFileSync(join(outside, 'mine'), '');
    writeFileSync(join(logins(), '0123456789abcdef'), 'a file');
    symlinkSync(outside, join(logins(), 'fedcba9876543210'));
    mkdirSync(join(logins(), '0000000000000000'));
    await toKeyFile();
    await world.accounts.save(ada);
    expect(readdirSync(logins()).sort()).toEqual(
      ['0123456789abcdef', 'fedcba9876543210', 'photos', (await folder()).slice(-16)].sort(),
    );
    expect(existsSync(join(outside, 'mine'))).toBe(true);
  });

  it('is refused, and left alone, when it is a link', async () => {
    const target = join(world.root, 'target');
    mkdirSync(join(target, '0123456789abcdef'), { recursive: true });
    mkdirSync(world.data, { recursive: true });
    symlinkSync(target, logins());
    await expect(toKeyFile()).rejects.toMatchObject({
      ...{ code: 'TRUST_TARGET_UNSAFE', data: { path: logins(), reason: 'symbolicLink' } },
    });
    expect(readdirSync(target)).toEqual(['0123456789abcdef']);
  });
});

describeUnless(whyNotRoot, 'the folder of encrypted logins', () => {
  it('is refused when it belongs to somebody else', async () => {
    mkdirSync(join(logins(), '0123456789abcdef'), { recursive: true });
    chownSync(logins(), 12345, 12345);
    await expect(toKeyFile()).rejects.toMatchObject({
      ...{ code: 'TRUST_TARGET_UNSAFE', data: { path: logins(), reason: 'foreignOwner' } },
    });
    expect(readdirSync(logins())).toEqual(['0123456789abcdef']);
  });
});
