import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { RegentError } from '../../shared/errors/regent-error.ts';

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
 * Finds the paths of this user. `REGENT_HOME` moves all of Regent's own files into one folder; `DOCKER_CONFIG` and the
 * XDG variables are honoured. What is not absolute counts as unset (as the XDG Base Directory Specification has it):
 * docker starts the helper in any folder, where a stranger's files must not become Regent's. Only `DOCKER_CONFIG` may be
 * relative, as it may be for docker.
 * @throws RegentError `FILE_FAILED` where the user has no home
 */
export function findPaths(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Paths {
  const home = absolute(env.HOME) ?? findHome();
  const own = absolute(env.REGENT_HOME);
  return {
    data: own ? join(own, 'data') : join(dataRoot(env, platform, home), 'regent'),
    cache: own ? join(own, 'cache') : join(cacheRoot(env, platform, home), 'regent'),
    home,
    dockerConfig: resolve(env.DOCKER_CONFIG || join(home, '.docker')),
  };
}

const absolute = (path: string | undefined) => (path && isAbsolute(path) ? path : undefined);

/** `homedir` itself believes HOME, whatever it says; the second asks the system. */
function findHome(): string {
  const home = absolute(homedir()) ?? absolute(userInfo().homedir);
  if (home) return home;
  throw new RegentError('FILE_FAILED', { path: homedir(), reason: 'ENOENT' });
}

function dataRoot(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return absolute(env.APPDATA) ?? join(home, 'AppData', 'Roaming');
  return absolute(env.XDG_DATA_HOME) ?? join(home, '.local', 'share');
}

function cacheRoot(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return absolute(env.LOCALAPPDATA) ?? join(home, 'AppData', 'Local');
  return absolute(env.XDG_CACHE_HOME) ?? join(home, '.cache');
}
