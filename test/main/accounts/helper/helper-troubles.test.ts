import { mkdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeHome, type TestHome } from './test-home.ts';

let home: TestHome;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(() => rm(home.root, { recursive: true }));

const write = async (text: string, path = home.config) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};
const text = (path = home.config) => readFile(path, 'utf8');
const problems = async () =>
  (await home.open().helperStatus()).problems.map(({ code, data }) => ({ code, data }));

describe('a helper that docker’s settings name', () => {
  it('is told when it is gone, and when it fails, and is mended only when it is gone', async () => {
    await home.program('docker-credential-bad', 'echo "no  key\\033[31m"; exit 1');
    await home.program('docker-credential-gcr', 'exit 1');
    await write(
      '{"credHelpers":{"h:1":"gone","g":"gcr","b":"bad","p":"","s":"a/b"},"credsStore":"gone"}',
    );
    const path = home.config;
    const status = await home.open().helperStatus();
    expect(status.problems.map(({ code, data }) => ({ code, data }))).toEqual([
      { code: 'HELPER_GONE', data: { helper: 'gone', path, registries: ['none'] } },
      { code: 'HELPER_GONE', data: { helper: 'a/b', path, registries: ['s'] } },
      { code: 'OTHER_HELPER_FAILED', data: { helper: 'bad', detail: 'no key [31m' } },
    ]);
    expect(status.repairs).toEqual([
      { kind: 'put-helper', path: join(home.bin, 'docker-credential-regent') },
      { kind: 'change-route', path, key: 'h:1', from: 'gone', to: 'regent' },
      { kind: 'change-route', path, key: 's', from: 'a/b', to: 'none' },
      { kind: 'drop-default', path, from: 'gone' },
    ]);
    expect(await home.open().helperRepair()).toMatchObject({ installed: true, repairs: [] });
    expect(await text()).toBe('{"credHelpers":{"h:1":"regent","g":"gcr","b":"bad","p":""}}');
    await home.open().helperUninstall();
    expect(JSON.parse(await text())).toMatchObject({ credsStore: 'gone' });
  });

  it('has three seconds to answer', async () => {
    await home.program('docker-credential-mute', 'exec /bin/sleep 60');
    await write('{"credHelpers":{"m":"mute"}}');
    expect(await problems()).toEqual([
      { code: 'OTHER_HELPER_FAILED', data: { helper: 'mute', detail: 'timeout' } },
    ]);
  });

  it('is Regent’s own, put back when it is gone', async () => {
    await home.open().helperInstall();
    await unlink(join(home.bin, 'docker-credential-regent'));
    const { repairs, reach } = await home.open().helperStatus();
    expect(repairs).toEqual([
      { kind: 'put-helper', path: join(home.bin, 'docker-credential-regent') },
    ]);
    expect(reach[0]).toMatchObject({ finds: 'nothing', helper: 'regent' });
    expect(await home.open().helperRepair()).toMatchObject({ problems: [], repairs: [] });
  });
});

describe('what Regent can only tell', () => {
  it('is a link that leads in a circle, or to a folder that is not there', async () => {
    await mkdir(dirname(home.config));
    await symlink('config.json', home.config);
    const data = { path: home.config, target: home.config };
    expect(await problems()).toEqual([{ code: 'DOCKER_CONFIG_LINK', data }]);
    await unlink(home.config);
    await symlink('/nowhere/config.json', home.config);
    const away = { path: home.config, target: '/nowhere/config.json' };
    expect(await problems()).toEqual([{ code: 'DOCKER_CONFIG_LINK', data: away }]);
    await unlink(home.config);
    await symlink(join(home.home, 'later.json'), home.config);
    expect(await problems()).toEqual([]);
  });

  it('is a file that cannot be read, which is never written', async () => {
    await write('{"credHelpers":');
    const data = { path: home.config };
    expect(await problems()).toEqual([{ code: 'DOCKER_CONFIG_INVALID', data }]);
    await home.open().helperRepair();
    expect(await text()).toBe('{"credHelpers":');
  });

  it('is one damaged login, which is enough for docker', async () => {
    await write('{"auths":{"x":{"auth":"*"},"y":{"auth":"YTpi"}}}');
    const data = { path: home.config, key: 'x' };
    expect(await problems()).toEqual([{ code: 'DOCKER_LOGIN_DAMAGED', data }]);
  });

  it('is a variable with logins of its own for registries of Regent’s', async () => {
    const told = async (value: string) =>
      (await home.open({ env: { DOCKER_AUTH_CONFIG: value } }).helperStatus()).problems;
    expect(await told('{"auths":{"h:1":{"auth":"YTpi"},"x":{"auth":"YTpi"}}}')).toMatchObject([
      { code: 'DOCKER_AUTH_VARIABLE', data: { addresses: ['h:1'] } },
    ]);
    expect(await told('{"auths":{"https://index.docker.io/v1/":{}}}')).toMatchObject([
      { data: { addresses: ['docker.io'] } },
    ]);
    for (const value of ['', '{', 'null', '{"auths":[]}', '{"auths":{"x":{}}}']) {
      expect(await told(value)).toEqual([]);
    }
  });
});

describe('where podman is', () => {
  beforeEach(() => home.program('podman'));

  it('its own file has the routes, too, and both are put back', async () => {
    const status = await home.open().helperInstall();
    expect(JSON.parse(await text(home.auth))).toEqual({
      credHelpers: { 'h:1': 'regent', 'docker.io': 'regent' },
    });
    expect(status.routes).toEqual(['h:1', 'https://index.docker.io/v1/', 'docker.io']);
    expect(status.reach.filter(({ program }) => program === 'podman')).toEqual([
      { address: 'h:1', program: 'podman', finds: 'regent', helper: 'regent' },
      { address: 'docker.io', program: 'podman', finds: 'regent', helper: 'regent' },
    ]);
    expect((await stat(home.auth)).mode & 0o777).toBe(0o600);
    await home.open().helperUninstall();
    await expect(stat(dirname(home.auth))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a login for a part of a registry is not hidden behind a route for the whole of it', async () => {
    const auth = Buffer.from('ada:secret').toString('base64');
    const before = JSON.stringify({ auths: { 'h:1/team': { auth }, 'h:1': { auth } } });
    await write(before, home.auth);
    const { repairs } = await home.open().helperInstall();
    const { auths, credHelpers } = JSON.parse(await text(home.auth));
    expect({ auths, credHelpers }).toEqual({
      ...JSON.parse(before),
      credHelpers: { 'docker.io': 'regent' },
    });
    expect(repairs).toEqual([]);
    await home.open().helperUninstall();
    expect(await text(home.auth)).toBe(before);
  });

  it('a route of its own to a helper that is gone is mended', async () => {
    await write('{"credHelpers":{"h:1":"gone","x":"gone"}}', home.auth);
    await home.open().helperInstall(['docker.io']);
    const { repairs } = await home.open().helperStatus();
    expect(repairs).toEqual([
      { kind: 'change-route', path: home.auth, key: 'h:1', from: 'gone', to: 'regent' },
      { kind: 'change-route', path: home.auth, key: 'x', from: 'gone', to: 'none' },
    ]);
    expect(await home.open().helperRepair()).toMatchObject({ problems: [], repairs: [] });
    await home.open().helperUninstall();
    expect(await text(home.auth)).toBe('{"credHelpers":{"h:1":"gone","x":"gone"}}');
  });
});
