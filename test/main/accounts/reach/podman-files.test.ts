import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PodmanPlaces, podmanFiles } from '../../../../main/accounts/reach/podman-files.ts';

let runtime: string;
beforeEach(async () => {
  runtime = await mkdtemp(join(tmpdir(), 'regent-runtime-'));
});
afterEach(() => rm(runtime, { recursive: true }));

const find = (env: NodeJS.ProcessEnv, more: Partial<PodmanPlaces> = {}) =>
  podmanFiles({
    ...{ env, platform: 'linux', home: '/home/a', dockerConfig: '/home/a/.docker', uid: 99_999 },
    ...more,
  });
const lasting = '/home/a/.config/containers/auth.json';
const docker = '/home/a/.docker/config.json';

describe('podman’s files', () => {
  it('begin in the session’s runtime folder', async () => {
    const login = `${runtime}/containers/auth.json`;
    expect(await find({ XDG_RUNTIME_DIR: runtime })).toEqual({
      ...{ login, search: [login, lasting, docker] },
    });
    const env = { XDG_RUNTIME_DIR: runtime, XDG_CONFIG_HOME: '/cfg' };
    expect((await find(env)).search[1]).toBe('/cfg/containers/auth.json');
  });

  it('cannot be written where that folder is missing', async () => {
    expect(await find({ XDG_RUNTIME_DIR: '/nowhere' })).toEqual({
      ...{ login: null, search: [lasting, docker] },
    });
    expect((await find({})).login).toBeNull();
  });

  it('are root’s own without one', async () => {
    expect((await find({}, { uid: 0 })).login).toBe('/run/containers/0/auth.json');
  });

  it('last on other systems', async () => {
    expect(await find({}, { platform: 'darwin' })).toEqual({
      ...{ login: lasting, search: [lasting, docker] },
    });
  });

  it('are one file alone when a variable names it', async () => {
    expect(await find({ REGISTRY_AUTH_FILE: '/a.json', DOCKER_CONFIG: '/d' })).toEqual({
      ...{ login: '/a.json', search: ['/a.json'] },
    });
    expect(await find({ REGISTRY_AUTH_FILE: 'relative.json' })).toEqual({
      ...{ login: null, search: [] },
    });
    expect(await find({ DOCKER_CONFIG: '/d' }, { dockerConfig: '/d' })).toEqual({
      ...{ login: '/d/config.json', search: ['/d/config.json'] },
    });
  });
});
