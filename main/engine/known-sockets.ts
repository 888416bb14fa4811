import { posix } from 'node:path';

/** What decides where engines put their sockets. */
export interface SocketHints {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** The user's id, null where there is none. */
  readonly uid: number | null;
}

/** Engines that listen in a place of their own. */
export type SocketOwner =
  | 'docker-engine'
  | 'docker-rootless'
  | 'docker-desktop'
  | 'colima'
  | 'rancher-desktop';

type Row = readonly [owner: SocketOwner | null, path: string];

/**
 * The sockets (on Windows named pipes) where engines usually listen, best first: Docker Engine, rootless, Docker
 * Desktop, then the others that speak its protocol, Podman last.
 */
export function knownSockets(hints: SocketHints): readonly string[] {
  return rows(hints).map(([, path]) => path);
}

/** The sockets that belong to one engine alone. */
export function socketsOf(owner: SocketOwner, hints: SocketHints): readonly string[] {
  return rows(hints).flatMap(([one, path]) => (one === owner ? [path] : []));
}

function rows(hints: SocketHints): readonly Row[] {
  if (hints.platform === 'win32') {
    return [
      ['docker-engine', '//./pipe/docker_engine'],
      ['docker-desktop', '//./pipe/dockerDesktopLinuxEngine'],
      [null, '//./pipe/podman-machine-default'],
    ];
  }
  const { env } = hints;
  const home = (...parts: string[]) => posix.join(hints.home, ...parts);
  const colima = env.COLIMA_HOME || home('.colima');
  const virtual: readonly Row[] = [
    ['colima', posix.join(colima, 'default', 'docker.sock')],
    ['rancher-desktop', home('.rd', 'docker.sock')],
  ];
  if (hints.platform === 'darwin') {
    return [
      ['docker-engine', '/var/run/docker.sock'],
      ['docker-desktop', home('.docker', 'run', 'docker.sock')],
      [null, home('.orbstack', 'run', 'docker.sock')],
      ...virtual,
      [null, home('.lima', 'docker', 'sock', 'docker.sock')],
      [null, home('.local', 'share', 'containers', 'podman', 'machine', 'podman.sock')],
    ];
  }
  const runtime = env.XDG_RUNTIME_DIR || (hints.uid === null ? '' : `/run/user/${hints.uid}`);
  const ofUser = (owner: Row[0], ...parts: string[]): readonly Row[] =>
    runtime ? [[owner, posix.join(runtime, ...parts)]] : [];
  return [
    ['docker-engine', '/var/run/docker.sock'],
    ...ofUser('docker-rootless', 'docker.sock'),
    ['docker-desktop', home('.docker', 'desktop', 'docker.sock')],
    ...virtual,
    ...ofUser(null, 'podman', 'podman.sock'),
    [null, '/run/podman/podman.sock'],
  ];
}
