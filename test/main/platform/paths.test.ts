import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findPaths } from '../../../main/platform/paths.ts';

const find = (env: NodeJS.ProcessEnv) => findPaths(env, 'linux');
const usual = {
  data: '/home/ada/.local/share/regent',
  cache: '/home/ada/.cache/regent',
  home: '/home/ada',
  dockerConfig: '/home/ada/.docker',
};
const HOME = '/home/ada';

afterEach(() => vi.unstubAllEnvs());

describe('the paths of a user', () => {
  it('are those of the home, or where the variables say', () => {
    expect(find({ HOME })).toEqual(usual);
    expect(find({ HOME, XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/c', DOCKER_CONFIG: '/k' })).toEqual({
      ...{ data: '/d/regent', cache: '/c/regent', home: HOME, dockerConfig: '/k' },
    });
    expect(find({ HOME, XDG_DATA_HOME: '/d', REGENT_HOME: '/r' })).toMatchObject({
      ...{ data: '/r/data', cache: '/r/cache' },
    });
  });

  it.each(['', '.', 'checkout', './checkout', '../checkout'])(
    'are not taken from the folder that Regent was started in: %j',
    (folder) => {
      const env = { HOME, REGENT_HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder };
      expect(find(env)).toEqual(usual);
      expect(findPaths(env, 'darwin').data).toBe('/home/ada/Library/Application Support/regent');
      const windows = { HOME, APPDATA: folder, LOCALAPPDATA: folder };
      expect(findPaths(windows, 'win32')).toMatchObject({
        ...{ data: '/home/ada/AppData/Roaming/regent', cache: '/home/ada/AppData/Local/regent' },
      });
    },
  );

  it.each([undefined, '', '.', 'checkout'])('have the system’s home for HOME=%j', (home) => {
    expect(find({ HOME: home }).home).toBe(homedir());
    vi.stubEnv('HOME', home);
    expect(find(process.env).home).toBe(userInfo().homedir);
  });

  it('name docker’s folder as docker would find it now, for good', () => {
    expect(find({ HOME, DOCKER_CONFIG: 'conf' }).dockerConfig).toBe(resolve('conf'));
    expect(find({ HOME, DOCKER_CONFIG: '/a/../b/' }).dockerConfig).toBe('/b');
  });
});
