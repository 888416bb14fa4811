import { realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** Where logins may stand in plain text. `isAlone`: podman and skopeo look at no other file. */
export interface AuthFile {
  readonly kind: 'docker-config' | 'podman-auth';
  readonly path: string;
  readonly isAlone: boolean;
}

/** Whose files they are. */
export interface AuthFilePlaces {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** The folder of docker's config.json. */
  readonly dockerConfig: string;
  /** The user's number; undefined where there are none. */
  readonly uid: number | undefined;
}

/**
 * docker's config.json, then podman's, skopeo's and buildah's auth.json wherever they look for it (container-libs:
 * image/pkg/docker/config/config.go), each file once. A variable that hides a file does not make it go away: all of
 * them are named.
 */
export async function authFiles(places: AuthFilePlaces): Promise<readonly AuthFile[]> {
  const { env, home, dockerConfig, uid } = places;
  const own = env.REGISTRY_AUTH_FILE;
  const auth = join('containers', 'auth.json');
  const paths = [
    env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, auth),
    uid !== undefined && join('/run/user', String(uid), auth),
    uid !== undefined && join('/run/containers', String(uid), 'auth.json'),
    env.XDG_CONFIG_HOME && join(env.XDG_CONFIG_HOME, auth),
    join(home, '.config', auth),
  ];
  const podman = paths.filter((path) => typeof path === 'string' && isAbsolute(path));
  const files: readonly AuthFile[] = [
    { kind: 'docker-config', path: join(dockerConfig, 'config.json'), isAlone: false },
    ...(own && isAbsolute(own) ? [{ kind: 'podman-auth', path: own, isAlone: true } as const] : []),
    ...podman.map((path) => ({ kind: 'podman-auth', path: String(path), isAlone: false }) as const),
  ];
  const real = await Promise.all(files.map(({ path }) => realpath(path).catch(() => path)));
  return files.filter((_, n) => real.indexOf(real[n] ?? '') === n);
}
