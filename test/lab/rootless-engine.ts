import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attachEngine, type LabEngine } from './engine.ts';
import { requireLab } from './lab-missing.ts';
import type { ImageStore } from './newer-engine.ts';
import { startDaemon } from './processes.ts';
import { asUser, createUser, type LabUser, runAs, userEnvironment } from './users.ts';

/** A Docker Engine without root, as an ordinary user's own. */
export interface LabRootlessEngine extends LabEngine {
  readonly user: LabUser;
  /** Where it looks for `HOST[:PORT]/*.crt`. */
  readonly certsFolder: string;
  /** The file dockerd writes its process id into; `pid` is what was in it. */
  readonly pidPath: string;
  /** RootlessKit, dockerd's parent, outside of its namespaces. */
  readonly rootlesskitPid: number;
}

/** What can be chosen about it. */
export interface RootlessEngineOptions {
  /** Contents of ~/.config/docker/daemon.json at the start; by default there is no such file. */
  readonly settings?: object;
  /** The user's XDG_CONFIG_HOME; by default unset, which means ~/.config. */
  readonly configHome?: string;
  /** Where images are kept; `containerd` needs a newer dockerd. Default `classic`. */
  readonly store?: ImageStore;
  /** Another dockerd than Debian's; the folder it is in comes first in its PATH. */
  readonly dockerd?: string;
}

const script = '/usr/share/docker.io/contrib/dockerd-rootless.sh';

/** Makes folders and a file that belong to that user. */
async function writeAs(user: LabUser, path: string, text: string): Promise<void> {
  await runAs(user, ['mkdir', '-p', dirname(path)]);
  writeFileSync(path, text);
  chownSync(path, user.uid, user.gid);
}

/**
 * Starts the lab user's own Docker Engine with Docker's own script, in the places where everything looks for it:
 * $XDG_RUNTIME_DIR/docker.sock, ~/.config/docker, ~/.local/share/docker. One at a time. It reaches the lab's registries
 * through slirp4netns. @throws LabMissing
 */
export async function startRootlessEngine(
  options: RootlessEngineOptions = {},
): Promise<LabRootlessEngine> {
  requireLab('rootless-engine');
  const user = await createUser();
  const { runtimeFolder, home } = user;
  const socketPath = join(runtimeFolder, 'docker.sock');
  const pidPath = join(runtimeFolder, 'docker.pid');
  const folder = join(options.configHome ?? join(home, '.config'), 'docker');
  const configPath = join(folder, 'daemon.json');
  const inContainerd = options.store === 'containerd';
  if (options.settings !== undefined || inContainerd) {
    const store = inContainerd && { features: { 'containerd-snapshotter': true } };
    await writeAs(user, configPath, JSON.stringify({ ...options.settings, ...store }));
  }
  const environment = userEnvironment(user);
  const path = options.dockerd === undefined ? [] : [dirname(options.dockerd)];
  const env = {
    ...environment,
    // dockerd and the tools of its network are in sbin, which is not in every user's PATH.
    PATH: [...path, environment.PATH, '/usr/sbin', '/sbin'].join(':'),
    ...(options.configHome !== undefined && { XDG_CONFIG_HOME: options.configHome }),
  };
  // Of all drivers only these work on every file system; the script hands the flag on to dockerd.
  const driver = inContainerd ? 'native' : 'vfs';
  const argv = asUser(user, [script, `--storage-driver=${driver}`]);
  const daemon = await startDaemon('dockerd-rootless', argv, {
    env,
    ready: async () => {
      if (!existsSync(pidPath)) return undefined;
      const asked = await runAs(user, ['docker', '--host', `unix://${socketPath}`, 'version']);
      return asked.status === 0 ? true : undefined;
    },
  });
  const facts = {
    ...{ socketPath, configPath, logPath: daemon.logPath },
    dataRoot: join(home, '.local/share/docker'),
    pid: Number(readFileSync(pidPath, 'utf8')),
  };
  const stop = async () => {
    await daemon.stop();
    // RootlessKit ends first; the next engine must not meet this one's files.
    while (existsSync(`/proc/${facts.pid}`)) await sleep(20);
  };
  return {
    ...attachEngine(facts, stop),
    ...{ user, pidPath, rootlesskitPid: daemon.pid, certsFolder: join(folder, 'certs.d') },
    docker: (args, given = {}) =>
      runAs(user, ['docker', ...args], {
        ...given,
        env: { ...given.env, DOCKER_HOST: `unix://${socketPath}` },
      }),
  };
}
