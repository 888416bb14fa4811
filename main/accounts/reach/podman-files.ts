import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** Whose podman it is. */
export interface PodmanPlaces {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The folder of docker's config.json. */
  readonly dockerConfig: string;
  /** The user's number; undefined where there are none. */
  readonly uid: number | undefined;
}

/** The files of podman, skopeo and buildah. */
export interface PodmanFiles {
  /** Where `podman login` writes and every lookup begins; null where it could not. */
  readonly login: string | null;
  /** All files of a lookup in their order, with docker's config.json at last. */
  readonly search: readonly string[];
}

/**
 * Finds them (container-libs: image/pkg/docker/config/config.go, common/pkg/auth/auth.go). On Linux the file of
 * `podman login` lives in the session's runtime folder, in memory: it is gone after a restart.
 */
export async function podmanFiles(places: PodmanPlaces): Promise<PodmanFiles> {
  const { env, home, dockerConfig } = places;
  const docker = join(dockerConfig, 'config.json');
  const own = env.REGISTRY_AUTH_FILE;
  if (own) return isAbsolute(own) ? alone(own) : { login: null, search: [] };
  // Not what one would think, but podman then takes docker's file for its own.
  if (env.DOCKER_CONFIG) return alone(docker);
  const login = await loginFile(places);
  const lasting = join(env.XDG_CONFIG_HOME || join(home, '.config'), 'containers', 'auth.json');
  const search = [...(login === null ? [] : [login]), lasting, docker];
  return { login, search: [...new Set(search)] };
}

const alone = (path: string): PodmanFiles => ({ login: path, search: [path] });

async function loginFile(places: PodmanPlaces): Promise<string | null> {
  const { env, platform, home, uid } = places;
  const auth = join('containers', 'auth.json');
  if (platform !== 'linux') return join(home, '.config', auth);
  // podman of an ordinary user looks for this folder even where the variable is not set, as under cron.
  const usual = uid === undefined || uid === 0 ? undefined : `/run/user/${uid}`;
  const runtime = env.XDG_RUNTIME_DIR || usual;
  if (runtime === undefined) return join('/run/containers', String(uid ?? 0), 'auth.json');
  const isThere = await stat(runtime).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isThere && isAbsolute(runtime) ? join(runtime, auth) : null;
}
