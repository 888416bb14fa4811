import { link, lstat, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problem, RegentError } from '../../../../shared/errors/index.ts';
import { type ImportWorld, makeImportWorld, never, pair } from './import-world.ts';

let world: ImportWorld;

beforeEach(async () => {
  world = await makeImportWorld();
});
afterEach(() => world.dispose());

const secretOf = async (address: string, username: string) =>
  (await world.accounts.credentialsFor(address, username))?.password;
const inUse = async () =>
  (await world.accounts.listInUse()).map(({ address, username }) => `${address} ${username}`);
const outcome = async () =>
  (await world.takeAll()).map(({ address, imported, plaintextRemoved, problem }) => [
    ...[address, imported, plaintextRemoved],
    problem?.code ?? null,
  ]);
/** All files in the world, but for the helpers: where a password could have been left. */
const everything = async () => {
  const names = await readdir(world.root, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('/bin'));
  return (
    await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')))
  ).join('\n');
};

describe('taking over plain text of docker', () => {
  const text = (one: string, two: string) =>
    `{\n\t"auths": {\n\t\t"h:1": ${one},\n\t\t"https://h:2/v1/": ${two}\n\t},\n\t"x" : [1,  2]\n}\n`;

  it('moves it into the keychain, and leaves docker’s mark and every other byte', async () => {
    const one = `{\n\t\t\t"auth": "${pair('ada', 'sëcret')}",\n\t\t\t"email": "a@b.c"\n\t\t}`;
    await world.write(world.config, text(one, `{"auth":"${pair('bob', 'other')}"}`), 0o640);
    expect(await outcome()).toEqual([
      ['h:1', true, true, null],
      ['h:2', true, true, null],
    ]);
    expect(await world.read(world.config)).toBe(text('{"email": "a@b.c"}', '{}'));
    expect((await stat(world.config)).mode & 0o777).toBe(0o640);
    expect(await secretOf('h:1', 'ada')).toBe('sëcret');
    expect(await secretOf('h:2', 'bob')).toBe('other');
    expect(world.routes).toEqual(['h:1', 'h:2']);
    expect(await world.find()).toEqual([]);
    expect(await readdir(dirname(world.config))).toEqual(['config.json']);
    expect(await everything()).not.toMatch(
      new RegExp(['sëcret', pair('ada', 'sëcret'), pair('bob', 'other')].join('|')),
    );
  });

  it('takes only what was asked for, in that order', async () => {
    const auth = pair('ada', 'p');
    await world.write(world.config, {
      auths: { 'h:1': { auth }, 'h:2': { auth }, 'h:3': { auth } },
    });
    const [one, two] = await world.find();
    const taken = await world.imports.take([two?.id ?? '', 'nobody', one?.id ?? ''], never);
    expect(taken.map(({ address, problem }) => [address, problem?.code])).toEqual([
      ['h:2', undefined],
      ['', 'LOGIN_GONE'],
      ['h:1', undefined],
    ]);
    expect(JSON.parse(await world.read(world.config)).auths).toEqual({
      ...{ 'h:1': {}, 'h:2': {} },
      'h:3': { auth },
    });
  });

  it('leaves it all where the file has a second name, by which the password would stay', async () => {
    const auths = { 'h:1': { auth: pair('ada', 'p') }, 'h:2': { auth: pair('bob', 'q') } };
    await world.write(world.config, { auths });
    const other = join(world.root, 'other.json');
    await link(world.config, other);
    // What the helper's set-up does: it writes the file anew, which ends the link.
    world.route = async () => {
      const text = await world.read(world.config);
      await rm(world.config);
      await world.write(world.config, text);
      return null;
    };
    const path = world.config;
    for (let times = 0; times < 2; times += 1) {
      expect(await world.takeAll()).toMatchObject(
        ['h:1', 'h:2'].map((address) => ({
          ...{ address, imported: true, plaintextRemoved: false },
          problem: { code: 'TRUST_TARGET_UNSAFE', data: { path, reason: 'hardLinks' } },
        })),
      );
    }
    expect(JSON.parse(await world.read(world.config))).toEqual({ auths });
    expect(await secretOf('h:1', 'ada')).toBe('p');
    await rm(other);
    expect(await outcome()).toEqual([
      ['h:1', true, true, null],
      ['h:2', true, true, null],
    ]);
  });

  it('keeps an identity token as docker’s helpers do', async () => {
    await world.write(world.config, {
      auths: { 'h:1': { auth: pair('ada', ''), identitytoken: 'refresh' } },
    });
    await world.takeAll();
    expect(await secretOf('h:1', '<token>')).toBe('refresh');
  });

  it('goes through a link and leaves it', async () => {
    const real = join(world.root, 'dotfiles', 'config.json');
    await world.write(real, { auths: { 'h:1': { auth: pair('ada', 'p') } } });
    await world.write(join(dirname(world.config), 'x'), '');
    await symlink(real, world.config);
    await world.takeAll();
    expect((await lstat(world.config)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await world.read(real))).toEqual({ auths: { 'h:1': {} } });
  });

  it('makes it the one in use only where none was', async () => {
    await world.accounts.save({ address: 'h:1', username: 'zoe', secret: 'z' });
    const auth = pair('ada', 'p');
    await world.write(world.config, { auths: { 'h:1': { auth }, 'h:2': { auth } } });
    await world.takeAll();
    expect((await inUse()).sort()).toEqual(['h:1 zoe', 'h:2 ada']);
    expect(await secretOf('h:1', 'ada')).toBe('p');
  });

  it('removes the plain text of a login that Regent has already', async () => {
    await world.accounts.save({ address: 'h:1', username: 'ada', secret: 'p' });
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'p') } } });
    expect(await outcome()).toEqual([['h:1', true, true, null]]);
  });

  it('leaves both where Regent has another password', async () => {
    await world.accounts.save({ address: 'h:1', username: 'ada', secret: 'mine' });
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'theirs') } } });
    const before = await world.read(world.config);
    expect(await outcome()).toEqual([['h:1', false, false, 'LOGIN_DIFFERS']]);
    expect(await world.read(world.config)).toBe(before);
    expect(await secretOf('h:1', 'ada')).toBe('mine');
  });

  it('leaves the plain text when the keychain gives back something else, or is locked', async () => {
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'p') } } });
    const before = await world.read(world.config);
    world.keychain.before = (call) => {
      const [verb, ...name] = call.split(' ');
      if (verb === 'get' && world.keychain.items.has(name.join(' '))) {
        world.keychain.items.set(name.join(' '), 'spoilt');
      }
    };
    expect(await outcome()).toEqual([['h:1', false, false, 'LOGIN_NOT_KEPT']]);
    expect(await world.accounts.list()).toEqual([]);
    world.keychain.before = () => undefined;
    world.keychain.state = 'locked';
    expect(await outcome()).toEqual([['h:1', false, false, 'KEYCHAIN_LOCKED']]);
    expect(await world.read(world.config)).toBe(before);
  });

  it('leaves the plain text when docker can’t be sent to Regent', async () => {
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'p') } } });
    world.route = () => Promise.reject(new RegentError('HELPER_NOT_ON_PATH', { directory: '/x' }));
    expect(await outcome()).toEqual([['h:1', true, false, 'HELPER_NOT_ON_PATH']]);
    world.route = async (address) => problem('HELPER_NEEDED', { address });
    expect(await outcome()).toEqual([['h:1', true, true, 'HELPER_NEEDED']]);
  });

  it('leaves the plain text that docker reads on purpose, not what another helper hides', async () => {
    world.route = async (address) => problem('HELPER_ROUTE_TAKEN', { address, helper: '' });
    const auths = { 'h:1': { auth: pair('ada', 'p') } };
    await world.write(world.config, { auths, credHelpers: { 'h:1': '' } });
    expect(await outcome()).toEqual([['h:1', true, false, 'HELPER_ROUTE_TAKEN']]);
    await world.write(world.config, { auths, credHelpers: { 'h:1': 'gcr' } });
    expect(await outcome()).toEqual([['h:1', true, true, 'HELPER_ROUTE_TAKEN']]);
  });

  it('takes the newer password when docker signs in meanwhile', async () => {
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'old') } } });
    let times = 0;
    world.route = async () => {
      times += 1;
      const auths = { 'h:1': { auth: pair('ada', 'new') }, 'h:9': {} };
      if (times === 1) await world.write(world.config, { auths });
      return null;
    };
    expect(await outcome()).toEqual([['h:1', true, true, null]]);
    expect(await secretOf('h:1', 'ada')).toBe('new');
    expect(JSON.parse(await world.read(world.config))).toEqual({ auths: { 'h:1': {}, 'h:9': {} } });
  });

  it('gives up on a file that never comes to rest, and loses nothing', async () => {
    let n = 0;
    const change = () =>
      world.write(world.config, { auths: { 'h:1': { auth: pair('ada', `p${++n}`) } } });
    await change();
    world.keychain.before = change;
    expect(await outcome()).toEqual([['h:1', true, false, 'FILE_FAILED']]);
    expect(await world.read(world.config)).toContain(pair('ada', `p${n}`));
  });

  it('says so when the login has gone', async () => {
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'p') } } });
    const ids = (await world.find()).map(({ id }) => id);
    await world.write(world.config, { auths: { 'h:1': {} } });
    expect(await world.imports.take(ids, never)).toMatchObject([
      { imported: false, problem: { code: 'LOGIN_GONE' } },
    ]);
  });

  it('ends between two logins when it is cancelled', async () => {
    const auth = pair('ada', 'p');
    await world.write(world.config, { auths: { 'h:1': { auth }, 'h:2': { auth } } });
    const ids = (await world.find()).map(({ id }) => id);
    const controller = new AbortController();
    world.route = async () => {
      controller.abort();
      return null;
    };
    await expect(world.imports.take(ids, controller.signal)).rejects.toThrow('abort');
    expect(JSON.parse(await world.read(world.config)).auths).toEqual({
      'h:1': {},
      'h:2': { auth },
    });
    expect(await inUse()).toEqual(['h:1 ada']);
  });
});

describe('taking over plain text of podman', () => {
  it('removes the whole entry', async () => {
    const auth = pair('ada', 'p');
    await world.write(
      world.auth,
      `{\n\t"auths": {\n\t\t"h:1": {"auth": "${auth}"},\n\t\t"h:2": {"x":1}\n\t}\n}`,
    );
    expect(await outcome()).toEqual([['h:1', true, true, null]]);
    expect(await world.read(world.auth)).toBe('{\n\t"auths": {\n\t\t"h:2": {"x":1}\n\t}\n}');
  });

  it('leaves a namespace’s login where another account would take its place', async () => {
    await world.write(world.auth, {
      auths: { 'h:1': { auth: pair('ada', 'p') }, 'h:1/team': { auth: pair('bob', 'q') } },
    });
    expect(await outcome()).toEqual([
      ['h:1', true, true, null],
      ['h:1', true, false, 'LOGIN_NAMESPACED'],
    ]);
    await world.accounts.use('h:1', 'bob');
    expect(await outcome()).toEqual([['h:1', true, true, null]]);
    expect(JSON.parse(await world.read(world.auth))).toEqual({ auths: {} });
  });

  it('leaves the only file that podman reads, unless that one leads to Regent', async () => {
    const own = join(world.root, 'own.json');
    await world.dispose();
    world = await makeImportWorld({ REGISTRY_AUTH_FILE: own });
    const auths = { 'h:1': { auth: pair('ada', 'p') } };
    await world.write(own, { auths });
    expect(await outcome()).toEqual([['h:1', true, false, 'AUTH_FILE_ALONE']]);
    await world.write(own, { auths, credHelpers: { 'h:1': 'regent' } });
    expect(await outcome()).toEqual([['h:1', true, true, null]]);
    expect(JSON.parse(await world.read(own))).toEqual({
      auths: {},
      credHelpers: { 'h:1': 'regent' },
    });
  });
});

describe('taking over logins of docker’s helpers', () => {
  const hub = 'https://index.docker.io/v1/';

  it('copies them, tokens too, and leaves the helper as it is', async () => {
    const auths = { [hub]: {}, 'h:1': {} };
    await world.write(world.config, { auths, credsStore: 'pass' });
    await world.putStore('pass', {
      [hub]: ['ada', 'one'],
      [`${hub}refresh-token`]: ['ada', 'two'],
      'h:1': ['<token>', 'three'],
    });
    expect(await outcome()).toEqual([
      ['docker.io', true, false, null],
      ['h:1', true, false, null],
      [`${hub}refresh-token`, true, false, null],
    ]);
    expect(await secretOf('docker.io', 'ada')).toBe('one');
    expect(await secretOf(`${hub}refresh-token`, 'ada')).toBe('two');
    expect(await secretOf('h:1', '<token>')).toBe('three');
    expect(world.routes).toEqual(['docker.io', 'h:1']);
    expect(JSON.parse(await world.read(world.config))).toEqual({ auths, credsStore: 'pass' });
  });

  it('has no need of Regent’s helper: docker still finds them', async () => {
    world.route = async (address) => problem('HELPER_NEEDED', { address });
    await world.write(world.config, { credsStore: 'pass' });
    await world.putStore('pass', { 'h:1': ['ada', 'p'] });
    expect(await outcome()).toEqual([['h:1', true, false, null]]);
  });

  it('says which one does not give a login out, and goes on with the next', async () => {
    await world.write(world.config, { credsStore: 'pass' });
    await world.putHelper(
      'pass',
      `if [ "$1" = list ]; then echo '{"h:1":"ada","h:2":"ada"}'; exit; fi
read -r key || true
[ "$key" = h:2 ] && echo '{"serverurl":"h:2","username":"ada","secret":"p"}' && exit
echo 'gpg: decryption failed'; exit 2`,
    );
    expect(await outcome()).toEqual([
      ['h:1', false, false, 'OTHER_HELPER_FAILED'],
      ['h:2', true, false, null],
    ]);
  });
});
