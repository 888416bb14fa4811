import {
  chmod,
  lchown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { routesToRegent } from '../../../../main/accounts/docker-config/config-edit.ts';
import { openConfigFiles } from '../../../../main/accounts/docker-config/config-files.ts';
import type { ConfigWish } from '../../../../main/accounts/docker-config/config-wish.ts';
import { runProcess } from '../../../../main/platform/run-process.ts';
import { describeUnless, whyNotRoot } from '../../../lab/index.ts';

let root: string;
let folder: string;
let path: string;

/** docker's file, as a process of Regent's finds it that has just started. */
const open = (at = path) => {
  const files = openConfigFiles({ data: join(root, 'data'), settleMs: 0 });
  return {
    addRoutes: (keys: readonly string[]) =>
      files.edit(
        at,
        keys.map((key) => ({ kind: 'add-route', key })),
      ),
    edit: (wishes: readonly ConfigWish[]) => files.edit(at, wishes),
    inspect: async () => ({ routes: routesToRegent(await files.read(at)) }),
    restore: () => files.restore(at),
  };
};
const journal = () => join(root, 'data', 'docker-config.json');
const text = () => readFile(path, 'utf8');
const mode = async (file: string) => (await stat(file)).mode & 0o7777;
const secretive = '{"auths":{"h:9":{"auth":"YWRhOnNlY3JldA=="}},"HttpHeaders":{"X":"1"}}';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'regent-config-'));
  folder = join(root, 'home', '.docker');
  path = join(folder, 'config.json');
  await mkdir(folder, { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

describe('docker’s config.json', () => {
  it('is made for its owner alone where there was none, and goes again with its folder', async () => {
    await rm(folder, { recursive: true });
    await open().addRoutes(['h:1', 'h:2']);
    expect(JSON.parse(await text())).toEqual({ credHelpers: { 'h:1': 'regent', 'h:2': 'regent' } });
    expect([await mode(folder), await mode(path)]).toEqual([0o700, 0o600]);
    await open().restore();
    expect(await readdir(join(root, 'home'))).toEqual([]);
  });

  it.each(['{}', '', '\n', secretive, `${secretive}\n`, '{\n    "a": 1\n}\n'])(
    'comes back byte for byte: %j',
    async (before) => {
      await writeFile(path, before);
      await chmod(path, 0o640);
      await open().addRoutes(['h:1']);
      await open().addRoutes(['h:1', 'h:2']);
      expect((await open().inspect()).routes).toEqual(['h:1', 'h:2']);
      expect(await mode(path)).toBe(0o640);
      await open().restore();
      expect(await text()).toBe(before);
      expect(await mode(path)).toBe(0o640);
      expect(await readdir(folder)).toEqual(['config.json']);
    },
  );

  it('leaves no password of the file in Regent’s own files', async () => {
    await writeFile(path, secretive);
    await open().addRoutes(['h:1']);
    for (const name of await readdir(join(root, 'data'))) {
      expect(await readFile(join(root, 'data', name), 'utf8')).not.toContain('YWRhOnNlY3JldA');
    }
  });

  it.each<[string, ConfigWish]>([
    [
      '{"credsStore":"gone","auths":{"h:9":{"auth":"YWRhOnNlY3JldA=="}},"credsstore":"gone"}',
      { kind: 'drop-default', from: 'gone' },
    ],
    [
      '{"credHelpers":{"h:1":"gone"},"auths":{"h:9":{"auth":"YWRhOnNlY3JldA=="}},"credhelpers":{"h:1":"gone"}}',
      { kind: 'change-route', key: 'h:1', from: 'gone', to: 'none' },
    ],
  ])(
    'leaves no password that stands between two things it takes out, and puts both back: %s',
    async (before, wish) => {
      await writeFile(path, before);
      await open().edit([wish]);
      expect(await text()).not.toContain('gone');
      expect(await readFile(journal(), 'utf8')).not.toContain('YWRhOnNlY3JldA');
      await open().restore();
      expect(await text()).toBe(before);
    },
  );

  it('forgets a password that an earlier version noted', async () => {
    const now = '{"auths":{"h:9":{"auth":"YWRhOnNlY3JldA=="}}}';
    await writeFile(path, `{"credsStore":"gone",${now.slice(1, -1)},"credsstore":"gone"}`);
    await open().edit([{ kind: 'drop-default', from: 'gone' }]);
    const { configs } = JSON.parse(await readFile(journal(), 'utf8'));
    const [{ changes }] = configs;
    const removed = `"credsStore":"gone",${now.slice(1, -1)},"credsstore":"gone"`;
    const spanning = { ...changes[0], after: changes.at(-1).after, removed };
    const old = { version: 1, configs: [{ ...configs[0], changes: [spanning] }] };
    await writeFile(journal(), JSON.stringify(old));
    await open().addRoutes(['h:1']);
    expect(await readFile(journal(), 'utf8')).not.toContain('YWRhOnNlY3JldA');
    await open().restore();
    expect(await text()).toBe(now);
  });

  it('loses only Regent’s part when others changed it meanwhile', async () => {
    await open().addRoutes(['h:1']);
    // What docker login does: the whole file anew.
    const theirs = { auths: { 'h:1': {} }, credHelpers: { 'h:1': 'regent', 'g.io': 'gcr' } };
    await writeFile(path, JSON.stringify(theirs, null, '\t'));
    await open().addRoutes(['h:2']);
    await open().restore();
    expect(JSON.parse(await text())).toEqual({
      auths: { 'h:1': {} },
      credHelpers: { 'g.io': 'gcr' },
    });
  });

  it('comes back as others left it when they took Regent’s routes out', async () => {
    await open().addRoutes(['h:1']);
    await writeFile(path, '{}');
    await open().restore();
    expect(await text()).toBe('{}');
    await open().addRoutes(['h:1']);
    await open().restore();
    expect(await text()).toBe('{}');
  });

  it('is written where its link leads, also when nothing is there yet', async () => {
    const real = join(root, 'dotfiles', 'docker.json');
    await mkdir(join(root, 'dotfiles'));
    await symlink('../../dotfiles/docker.json', path);
    await open().addRoutes(['h:1']);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(real, 'utf8')).credHelpers).toEqual({ 'h:1': 'regent' });
    await open().restore();
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readdir(join(root, 'dotfiles'))).toEqual([]);
  });

  it.each(['{', '\ufeff{}', '{"a":1,}', '[]'])(
    'is left alone when it is damaged: %j',
    async (bad) => {
      await writeFile(path, bad);
      const invalid = { code: 'DOCKER_CONFIG_INVALID', data: { path } };
      await expect(open().inspect()).rejects.toMatchObject(invalid);
      await expect(open().addRoutes(['h:1'])).rejects.toMatchObject(invalid);
      await expect(open().restore()).rejects.toMatchObject(invalid);
      expect(await text()).toBe(bad);
    },
  );

  it('is left alone when it is not UTF-8', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    await writeFile(path, bytes);
    await expect(open().addRoutes(['h:1'])).rejects.toMatchObject({
      code: 'DOCKER_CONFIG_INVALID',
    });
    expect(await readFile(path)).toEqual(bytes);
  });

  it('says which file it was when the system refuses', async () => {
    await mkdir(path);
    await expect(open().addRoutes(['h:1'])).rejects.toMatchObject({
      code: 'FILE_FAILED',
      data: { path, reason: 'EISDIR' },
    });
  });

  it('loses nothing when many write at once', async () => {
    await writeFile(path, '{"a":1}');
    const keys = Array.from({ length: 8 }, (_, n) => `h:${n + 1}`);
    await Promise.all(keys.map((key) => open().addRoutes([key])));
    expect([...(await open().inspect()).routes].sort()).toEqual(keys);
    await open().restore();
    expect(await text()).toBe('{"a":1}');
  });

  it('is restored in every folder that was ever docker’s', async () => {
    const other = join(root, 'other');
    await open().addRoutes(['h:1']);
    await open(join(other, 'config.json')).addRoutes(['h:1']);
    await open().restore();
    expect(await readdir(root)).toEqual(['data', 'home']);
  });

  describe('with a default', () => {
    it.each(['{}', '{"credsStore": "x",\r\n "a": 1}', '{"a":1,"CredsStore":null}', secretive])(
      'comes back byte for byte: %j',
      async (before) => {
        await writeFile(path, before);
        await open().edit([{ kind: 'add-route', key: 'h:1' }, { kind: 'set-default' }]);
        expect(JSON.parse(await text())).toMatchObject({ credHelpers: { 'h:1': 'regent' } });
        await open().edit([{ kind: 'add-route', key: 'h:2' }]);
        await open().restore();
        expect(await text()).toBe(before);
      },
    );

    it('names the helper of before again when docker wrote the file anew', async () => {
      await writeFile(path, '{"credsStore":"pass"}');
      await open().edit([{ kind: 'set-default' }]);
      await writeFile(path, '{"auths":{"h":{}},"credsStore":"regent"}');
      await open().edit([{ kind: 'set-default' }, { kind: 'add-route', key: 'h:1' }]);
      await open().restore();
      expect(JSON.parse(await text())).toEqual({ auths: { h: {} }, credsStore: 'pass' });
    });

    it('is left as somebody else named it since', async () => {
      await open().edit([{ kind: 'set-default' }]);
      await writeFile(path, '{"credsStore":"desktop"}');
      await open().restore();
      expect(await text()).toBe('{"credsStore":"desktop"}');
    });

    it('has none again where there was none, also without a note', async () => {
      await writeFile(path, '{"auths":{"h":{}},"credsStore":"regent"}');
      await open().restore();
      expect(JSON.parse(await text())).toEqual({ auths: { h: {} } });
    });
  });

  describe('mended', () => {
    const before =
      '{"credHelpers": {"h:1": "gone", "h:2": "gone", "h:3": "ok"},"credsStore":"gone"}\n';
    const repairs: readonly ConfigWish[] = [
      { kind: 'change-route', key: 'h:1', from: 'gone', to: 'regent' },
      { kind: 'change-route', key: 'h:2', from: 'gone', to: 'none' },
      { kind: 'drop-default', from: 'gone' },
    ];

    it('holds what works, and comes back byte for byte', async () => {
      await writeFile(path, before);
      await open().edit(repairs);
      expect(await text()).toBe('{"credHelpers": {"h:1": "regent", "h:3": "ok"}}\n');
      await open().edit(repairs);
      await open().addRoutes(['h:4']);
      await open().restore();
      expect(await text()).toBe(before);
    });

    it('loses only Regent’s part when docker wrote the file anew', async () => {
      await writeFile(path, before);
      await open().edit(repairs);
      await writeFile(path, '{"auths":{},"credHelpers":{"h:1":"regent","h:3":"ok"}}');
      await open().addRoutes(['h:4']);
      await open().restore();
      expect(JSON.parse(await text())).toEqual({
        auths: {},
        credHelpers: { 'h:1': 'gone', 'h:3': 'ok' },
      });
    });

    it('leaves alone what somebody else mended first', async () => {
      await writeFile(path, '{"credHelpers":{"h:1":"other"},"credsStore":"other"}');
      await open().edit(repairs);
      expect(await text()).toBe('{"credHelpers":{"h:1":"other"},"credsStore":"other"}');
    });
  });

  describeUnless(whyNotRoot, 'for root', () => {
    const unsafe = {
      code: 'TRUST_TARGET_UNSAFE',
      data: { reason: 'symbolicLink' },
    };

    it('is not made where another user’s link leads', async () => {
      await symlink(join(root, 'etc.json'), path);
      await lchown(path, 12345, 12345);
      await expect(open().addRoutes(['h:1'])).rejects.toMatchObject(unsafe);
      expect(await readdir(root)).not.toContain('etc.json');
    });

    it('is not changed where another user’s link leads to a third one’s file', async () => {
      await writeFile(join(root, 'etc.json'), '{}');
      await symlink(join(root, 'etc.json'), path);
      await lchown(path, 12345, 12345);
      await expect(open().addRoutes(['h:1'])).rejects.toMatchObject(unsafe);
      expect(await readFile(join(root, 'etc.json'), 'utf8')).toBe('{}');
    });

    it('is changed where another user’s link leads to that user’s own file, and stays that user’s', async () => {
      const real = join(root, 'docker.json');
      await writeFile(real, '{}');
      await symlink(real, path);
      await lchown(path, 12345, 12345);
      await lchown(real, 12345, 12345);
      await open().addRoutes(['h:1']);
      expect((await open().inspect()).routes).toEqual(['h:1']);
      expect(await stat(real)).toMatchObject({ uid: 12345, gid: 12345 });
    });
  });

  it('is not written where its link leads in a circle', async () => {
    await symlink('config.json', path);
    const failed = { code: 'FILE_FAILED', data: { path, reason: 'ELOOP' } };
    await expect(open().addRoutes(['h:1'])).rejects.toMatchObject(failed);
  });

  it('is not waited for where a pipe has its name, nor read without end', async () => {
    await runProcess('/usr/bin/mkfifo', [path]);
    const failed = { code: 'FILE_FAILED', data: { path, reason: 'notAFile' } };
    await expect(open().addRoutes(['h:1'])).rejects.toMatchObject(failed);
    await rm(path);
    await writeFile(path, `{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`);
    await expect(open().inspect()).rejects.toMatchObject({ data: { path, reason: 'EFBIG' } });
  });

  it('is written beside the file that its link leads to, on another file system, too', async () => {
    const other = await mkdtemp('/dev/shm/regent-config-');
    await writeFile(join(other, 'docker.json'), '{}', { mode: 0o640 });
    await symlink(join(other, 'docker.json'), path);
    await open().addRoutes(['h:1']);
    expect((await open().inspect()).routes).toEqual(['h:1']);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readdir(other)).toEqual(['docker.json']);
    await open().restore();
    expect([await text(), await mode(path)]).toEqual(['{}', 0o640]);
    await rm(other, { recursive: true });
  });

  it('is cleaned of what a killed write left beside it, and of nothing else', async () => {
    await writeFile(path, '{}');
    await writeFile(join(folder, '.config.json.0123456789ab'), secretive);
    await writeFile(join(folder, '.config.json.mine'), 'mine');
    await open().addRoutes(['h:1']);
    expect(await readdir(folder)).toEqual(['.config.json.mine', 'config.json']);
  });
});
