import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Regent and its neighbours keep their files. All paths are absolute. */
export interface Paths {
  /** Regent's own data: registries, accounts (without secrets), journal, settings. */
  readonly data: string;
  /** What Regent can fetch again. */
  readonly cache: string;
  /** The user's own home. */
  readonly home: string;
  /** The docker CLI's folder with config.json and contexts. */
  readonly dockerConfig: string;
}

/**
 * Finds the paths of this user. `REGENT_HOME` moves all of Regent's own files into one folder;
 * `DOCKER_CONFIG` and the XDG variables are honoured, empty ones count as unset.
 */
export function findPaths(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Paths {
  const home = env.HOME || homedir();
  const own = env.REGENT_HOME;
  return {
    data: own ? join(own, 'data') : join(dataRoot(env, platform, home), 'regent'),
    cache: own ? join(own, 'cache') : join(cacheRoot(env, platform, home), 'regent'),
    home,
    dockerConfig: env.DOCKER_CONFIG || join(home, '.docker'),
  };
}

function dataRoot(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming');
  return env.XDG_DATA_HOME || join(home, '.local', 'share');
}

function cacheRoot(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  return env.XDG_CACHE_HOME || join(home, '.cache');
}
