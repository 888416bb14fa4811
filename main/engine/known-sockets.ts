import { posix } from 'node:path';

/** What decides where engines put their sockets. */
export interface SocketHints {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** The user's id, null where there is none. */
  readonly uid: number | null;
}

/**
 * The sockets (on Windows named pipes) where engines usually listen, best first: Docker Engine, rootless, Docker
 * Desktop, then the others that speak its protocol, Podman last.
 */
export function knownSockets(hints: SocketHints): readonly string[] {
  if (hints.platform === 'win32') {
    return [
      '//./pipe/docker_engine',
      '//./pipe/dockerDesktopLinuxEngine',
      '//./pipe/podman-machine-default',
    ];
  }
  const { env } = hints;
  const home = (...parts: string[]) => posix.join(hints.home, ...parts);
  const colima = env.COLIMA_HOME || home('.colima');
  if (hints.platform === 'darwin') {
    return [
      '/var/run/docker.sock',
      home('.docker', 'run', 'docker.sock'),
      home('.orbstack', 'run', 'docker.sock'),
      posix.join(colima, 'default', 'docker.sock'),
      home('.rd', 'docker.sock'),
      home('.lima', 'docker', 'sock', 'docker.sock'),
      home('.local', 'share', 'containers', 'podman', 'machine', 'podman.sock'),
    ];
  }
  const runtime = env.XDG_RUNTIME_DIR || (hints.uid === null ? '' : `/run/user/${hints.uid}`);
  return [
    '/var/run/docker.sock',
    ...(runtime ? [posix.join(runtime, 'docker.sock')] : []),
    home('.docker', 'desktop', 'docker.sock'),
    posix.join(colima, 'default', 'docker.sock'),
    home('.rd', 'docker.sock'),
    ...(runtime ? [posix.join(runtime, 'podman', 'podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
}
