import { join } from 'node:path';
import { findSystemStore } from './system-linux.ts';
import type { Places } from './target.ts';

/** The places that belong to the machine alone. A user's are nowhere: paths below them can't be made. */
export async function machinePlaces(root: string, platform: NodeJS.Platform): Promise<Places> {
  const nowhere = join(root, 'nonexistent');
  return {
    ...{ platform, root, home: nowhere, configHome: nowhere, runtimeDir: null },
    ...{ dockerConfig: nowhere, data: nowhere },
    systemStore: platform === 'linux' ? await findSystemStore(root) : null,
  };
}
