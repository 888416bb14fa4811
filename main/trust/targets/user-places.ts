import { join } from 'node:path';
import type { Paths } from '../../platform/paths.ts';
import { findSystemStore } from './system-linux.ts';
import type { Places } from './target.ts';

/** Where things are for the user who runs this process. */
export async function userPlaces(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  { home, dockerConfig, data }: Pick<Paths, 'home' | 'dockerConfig' | 'data'>,
): Promise<Places> {
  return {
    ...{ platform, root: '/', home, dockerConfig, data },
    configHome: env.XDG_CONFIG_HOME || join(home, '.config'),
    runtimeDir: env.XDG_RUNTIME_DIR || null,
    systemStore: platform === 'linux' ? await findSystemStore('/') : null,
  };
}
