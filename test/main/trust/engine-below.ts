import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { attachEngine, type LabEngine, startDaemon } from '../../lab/index.ts';

/** How an engine is started below a folder that stands for the machine's root. */
export interface EngineBelow {
  readonly dockerd: string;
  /** Contents of its daemon.json; null removes the file once the engine runs, as if there had never been one. */
  readonly settings: string | null;
  readonly flags?: readonly string[];
  /** Another file than the usual one. */
  readonly configFile?: string;
}

/** Where the engine of a machine with that root keeps its settings. */
export function settingsBelow(root: string): string {
  return join(root, 'etc/docker/daemon.json');
}

/**
 * Starts an engine with socket, process id and settings where a machine with that root has them, so that Regent takes
 * it for the machine's own.
 */
export async function startEngineBelow(
  root: string,
  { dockerd, settings, flags = [], configFile = settingsBelow(root) }: EngineBelow,
): Promise<LabEngine> {
  for (const folder of ['etc/docker', 'run']) mkdirSync(join(root, folder), { recursive: true });
  const socketPath = join(root, 'run/docker.sock');
  // While a flag names it the file has to be there at the start.
  writeFileSync(configFile, settings ?? '{}');
  const { pid, logPath, stop } = await startDaemon(
    'dockerd-below',
    [
      ...[dockerd, '--host', `unix://${socketPath}`, '--config-file', configFile],
      ...['--data-root', join(root, 'data'), '--exec-root', join(root, 'exec')],
      ...['--pidfile', join(root, 'run/docker.pid')],
      ...['--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false'],
      ...flags,
    ],
    {
      env: { ...process.env, PATH: `${join(dockerd, '..')}:${process.env.PATH ?? ''}` },
      ready: () => answers(socketPath),
    },
  );
  const dataRoot = join(root, 'data');
  return attachEngine({ socketPath, dataRoot, configPath: configFile, pid, logPath }, stop);
}

function answers(socketPath: string): Promise<true | undefined> {
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

/** Which process it is, and since when: never the same for another one (proc(5), stat, field 22). */
export function lifeOf(pid: number): string {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return `${pid} since ${fields[19]}`;
}
