import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { requireLab } from './lab-missing.ts';
import { type Finished, labFolder, type RunOptions, run, startDaemon } from './processes.ts';
import { share } from './share.ts';

/** Where a Docker Engine of the lab is. */
export interface EngineFacts {
  /** The unix socket; `unix://` + this is a DOCKER_HOST. */
  readonly socketPath: string;
  readonly dataRoot: string;
  /** Its daemon.json (for the shared engine not there at the start); SIGHUP makes the engine read it again. */
  readonly configPath: string;
  readonly pid: number;
  readonly logPath: string;
}

/** A Docker Engine of the lab. */
export interface LabEngine extends EngineFacts {
  /**
   * Runs the docker CLI against this engine. Give it a HOME or DOCKER_CONFIG of its own in `env`, which is
   * added to this process's environment.
   */
  docker(args: readonly string[], options?: RunOptions): Promise<Finished>;
  /** Ends it; nothing happens for the shared one, which ends with the sandbox. */
  stop(): Promise<void>;
}

/** What can be chosen about an engine. */
export interface EngineOptions {
  /**
   * `own` (default): socket, settings and data in a folder of its own. `system`: /run/docker.sock and
   * /etc/docker/daemon.json of the sandbox, where every program looks for an engine by itself.
   */
  readonly place?: 'own' | 'system';
  /** Contents of daemon.json at the start; by default none, and in the system's place no such file. */
  readonly settings?: object;
  /** Another dockerd than Debian's; the folder it is in comes first in its PATH, for its containerd and runc. */
  readonly dockerd?: string;
  /** Lives until the sandbox ends. */
  readonly outliving?: boolean;
}

/** Whether an engine answers on this socket: `true`, or undefined while not. */
function pings(socketPath: string): Promise<true | undefined> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: 5000 }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200 ? true : undefined));
    });
    ping.once('timeout', () => ping.destroy());
    ping.once('error', () => resolve(undefined));
    ping.end();
  });
}

/** The handle on an engine that is already running. @param stop what ends it */
export function attachEngine(facts: EngineFacts, stop: () => Promise<void>): LabEngine {
  return {
    ...facts,
    stop,
    docker: (args, options = {}) =>
      run(['docker', ...args], {
        ...options,
        env: { ...process.env, ...options.env, DOCKER_HOST: `unix://${facts.socketPath}` },
      }),
  };
}

/**
 * Starts a Docker Engine. It reads registry certificates from /etc/docker/certs.d, as all engines do, and that is
 * the sandbox's own. It pulls, pushes, builds and loads; containers get no network. @throws LabMissing
 */
export async function startEngine(options: EngineOptions = {}): Promise<LabEngine> {
  requireLab('engine');
  mkdirSync(labFolder, { recursive: true });
  const folder = mkdtempSync(join(labFolder, 'engine-'));
  const system = options.place === 'system';
  const socketPath = system ? '/run/docker.sock' : join(folder, 'docker.sock');
  const configPath = system ? '/etc/docker/daemon.json' : join(folder, 'daemon.json');
  const dataRoot = join(folder, 'data');
  if (!system || options.settings !== undefined) {
    writeFileSync(configPath, JSON.stringify(options.settings ?? {}));
  }
  const dockerd = options.dockerd ?? '/usr/sbin/dockerd';
  const daemon = await startDaemon(
    'dockerd',
    [
      ...[dockerd, '--host', `unix://${socketPath}`],
      // The usual file may be absent, but only while no flag names it.
      ...(system ? [] : ['--config-file', configPath]),
      ...['--data-root', dataRoot, '--exec-root', join(folder, 'exec')],
      ...['--pidfile', system ? '/run/docker.pid' : join(folder, 'docker.pid')],
      ...['--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false'],
    ],
    {
      env: { ...process.env, PATH: `${join(dockerd, '..')}:${process.env.PATH ?? ''}` },
      outliving: options.outliving === true,
      ready: () => pings(socketPath),
    },
  );
  const { pid, logPath } = daemon;
  return attachEngine({ socketPath, dataRoot, configPath, pid, logPath }, daemon.stop);
}

/** The run's own engine, in the system's usual places (/run/docker.sock), started when first asked for. */
export async function sharedEngine(): Promise<LabEngine> {
  const facts = await share('engine', async (): Promise<EngineFacts> => {
    const engine = await startEngine({ place: 'system', outliving: true });
    const { socketPath, dataRoot, configPath, pid, logPath } = engine;
    return { socketPath, dataRoot, configPath, pid, logPath };
  });
  return attachEngine(facts, async () => undefined);
}
