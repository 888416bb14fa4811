import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportWorld, makeImportWorld, pair } from './import-world.ts';

let world: ImportWorld;

beforeEach(async () => {
  world = await makeImportWorld();
});
afterEach(() => world.dispose());

const brief = async () =>
  (await world.find()).map(({ address, key, username, risks, problem }) => [
    ...[address, key, username, risks.join(' ')],
    problem?.code ?? null,
  ]);

describe('finding logins in docker’s config.json', () => {
  it('finds none where there is nothing', async () => {
    expect(await world.find()).toEqual([]);
    await world.write(world.config, '');
    expect(await world.find()).toEqual([]);
    await world.write(world.config, { auths: { 'h:1': {}, 'h:2': { email: 'a@b.c' } } });
    expect(await world.find()).toEqual([]);
  });

  it('reads every form of a login, and of a registry’s name', async () => {
    await world.write(world.config, {
      auths: {
        'h:1': { auth: pair('ada', 'a:b') },
        'https://H:2/v2/': { username: 'bob', password: 'p' },
        'https://index.docker.io/v1/': { auth: pair('cy', 'p') },
        'h:3': { auth: pair('dan', ''), identitytoken: 't' },
        'h:4': { registrytoken: 't' },
        'h:5': { auth: '!' },
        'h:6': { auth: Buffer.from('nocolon').toString('base64') },
        'not a name': { auth: pair('eve', 'p') },
      },
    });
    expect(await brief()).toEqual([
      ['docker.io', 'https://index.docker.io/v1/', 'cy', 'plaintext', null],
      ['h:1', 'h:1', 'ada', 'plaintext', null],
      ['h:2', 'https://H:2/v2/', 'bob', 'plaintext', null],
      ['h:3', 'h:3', '<token>', 'plaintext', null],
      ['h:4', 'h:4', null, 'plaintext', 'LOGIN_IS_BEARER'],
      ['h:5', 'h:5', null, 'plaintext', 'LOGIN_UNREADABLE'],
      ['h:6', 'h:6', null, 'plaintext', 'LOGIN_UNREADABLE'],
      ['not a name', 'not a name', 'eve', 'plaintext', 'LOGIN_UNREADABLE'],
    ]);
  });

  it('says what is unsafe about each', async () => {
    const auth = pair('ada', 'p');
    const auths = { 'h:1': { auth }, 'h:2': { auth }, 'h:3': { auth } };
    await world.write(
      world.config,
      { auths, credHelpers: { 'h:1': '', 'h:2': 'gcr' }, credsStore: 'regent' },
      0o644,
    );
    expect(await brief()).toEqual([
      ['h:1', 'h:1', 'ada', 'plaintext others-can-read', null],
      ['h:2', 'h:2', 'ada', 'plaintext others-can-read hidden', null],
      ['h:3', 'h:3', 'ada', 'plaintext others-can-read hidden', null],
    ]);
  });

  it('names a login by its place, not by its secret', async () => {
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'one') } } });
    const [before] = await world.find();
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'two') } } });
    const [after] = await world.find();
    expect(after?.id).toBe(before?.id);
    expect(JSON.stringify(after)).not.toMatch(/two|dHdv/);
  });

  it('knows which ones Regent has already', async () => {
    await world.write(world.config, {
      auths: { 'h:1': { auth: pair('ada', 'p') }, 'https://h:2': { auth: pair('ada', 'p') } },
    });
    await world.accounts.save({ address: 'h:2', username: 'ada', secret: 'x' });
    expect((await world.find()).map(({ isKnown }) => isKnown)).toEqual([false, true]);
  });

  it.each([
    ['{', 'DOCKER_CONFIG_INVALID'],
    ['\ufeff{}', 'DOCKER_CONFIG_INVALID'],
    ['{"auths":[]}', 'DOCKER_CONFIG_INVALID'],
    ['{"auths":{"h":1}}', 'DOCKER_CONFIG_INVALID'],
    [`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'DOCKER_CONFIG_INVALID'],
    [`{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`, 'FILE_FAILED'],
  ])('tells a file that can’t be read: %.20s', async (text, code) => {
    await world.write(world.config, text);
    const found = await world.find();
    expect(found).toMatchObject([
      { key: '', origin: { kind: 'docker-config', path: world.config }, problem: { code } },
    ]);
    expect(await world.takeAll()).toMatchObject([{ imported: false, problem: { code } }]);
    expect(await world.read(world.config)).toBe(text);
  });

  it('does not wait for a pipe or read a folder', async () => {
    await mkdir(world.config, { recursive: true });
    expect(await world.find()).toMatchObject([
      { problem: { code: 'FILE_FAILED', data: { reason: 'EISDIR' } } },
    ]);
  });

  it('shows no password that is part of a name, and still takes that login', async () => {
    const auth = pair('ada', 'p');
    await world.write(world.config, {
      auths: {
        'https://ada:hunter2@h:1': { auth },
        'https://ada:hunter2@not a name': { auth },
        'https://ada:hunter2@h:2': { auth: '!' },
        'https://ada:hunter2@h:3': { registrytoken: 't' },
      },
    });
    expect(JSON.stringify(await world.find())).not.toContain('hunter2');
    expect(await brief()).toEqual([
      ['h:1', 'https://h:1', 'ada', 'plaintext', null],
      ['h:2', 'https://h:2', null, 'plaintext', 'LOGIN_UNREADABLE'],
      ['h:3', 'https://h:3', null, 'plaintext', 'LOGIN_IS_BEARER'],
      ['https://not a name', 'https://not a name', 'ada', 'plaintext', 'LOGIN_UNREADABLE'],
    ]);
    const taken = await world.takeAll();
    expect(taken[0]).toMatchObject({ imported: true, plaintextRemoved: true, problem: null });
    expect(JSON.stringify(taken)).not.toContain('hunter2');
    expect(JSON.parse(await world.read(world.config)).auths).toMatchObject({
      'https://ada:hunter2@h:1': {},
    });
  });

  it('takes no login that stands there twice', async () => {
    const auth = `{"auth":"${pair('ada', 'p')}"}`;
    await world.write(world.config, `{"auths":{"h:1":${auth},"h:1":${auth}}}`);
    expect(await brief()).toEqual([['h:1', 'h:1', null, 'plaintext', 'LOGIN_UNREADABLE']]);
  });
});

describe('finding logins in podman’s auth.json', () => {
  it('looks wherever podman, skopeo and buildah do, at each file once', async () => {
    await world.dispose();
    world = await makeImportWorld({ XDG_CONFIG_HOME: '/nowhere' });
    const usual = join(world.home, '.config', 'containers', 'auth.json');
    const auths = (user: string) => ({ auths: { 'h:1': { auth: pair(user, 'p') } } });
    await world.write(world.auth, auths('session'));
    await world.write(usual, auths('lasting'));
    expect((await world.find()).map(({ username, origin }) => [username, origin])).toEqual([
      ['lasting', { kind: 'podman-auth', path: usual }],
      ['session', { kind: 'podman-auth', path: world.auth }],
    ]);
  });

  it('does not count a link to docker’s file twice', async () => {
    await world.write(world.config, { auths: { 'h:1': { auth: pair('ada', 'p') } } });
    await mkdir(join(world.auth, '..'), { recursive: true });
    await symlink(world.config, world.auth);
    expect(await world.find()).toMatchObject([{ origin: { kind: 'docker-config' } }]);
  });

  it('finds namespaces, and tells those that its own helper hides', async () => {
    const auth = pair('ada', 'p');
    await world.write(world.auth, {
      auths: { 'h:1': { auth }, 'h:1/team': { auth }, 'docker.io/ada': { auth } },
      credHelpers: { 'h:1': 'regent' },
    });
    expect(await brief()).toEqual([
      ['docker.io', 'docker.io/ada', 'ada', 'plaintext', null],
      ['h:1', 'h:1', 'ada', 'plaintext hidden', null],
      ['h:1', 'h:1/team', 'ada', 'plaintext hidden', null],
    ]);
  });

  it('tells a damaged one in words of its own', async () => {
    await world.write(world.auth, '{');
    expect(await world.find()).toMatchObject([
      { key: '', problem: { code: 'AUTH_FILE_INVALID', data: { path: world.auth } } },
    ]);
  });
});
