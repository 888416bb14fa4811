import {
  chmod,
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
import { openDockerConfig } from '../../../../main/accounts/docker-config/docker-config.ts';

let root: string;
let folder: string;
let path: string;

const open = () => openDockerConfig({ data: join(root, 'data'), dockerConfig: folder });
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
    await openDockerConfig({ data: join(root, 'data'), dockerConfig: other }).addRoutes(['h:1']);
    await open().restore();
    expect(await readdir(root)).toEqual(['data', 'home']);
  });
});
