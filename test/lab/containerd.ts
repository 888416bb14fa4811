import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { requireLab } from './lab-missing.ts';
import { socketAnswers } from './port-answers.ts';
import { type Finished, labFolder, type RunOptions, run, startDaemon } from './processes.ts';
import { type CriAnswer, type CriLogin, pullAsKubelet } from './pull-as-kubelet.ts';

/** Where a containerd of the lab is. */
export interface ContainerdFacts {
  readonly socketPath: string;
  /** Its config.toml, read only at the start. */
  readonly configPath: string;
  /** The registry's `config_path` of its Kubernetes side; undefined when none is set. */
  readonly certsFolder: string | undefined;
  readonly pid: number;
  readonly logPath: string;
}

/** A containerd of the lab. Images get no network and are never run; pulling is what it is for. */
export interface LabContainerd extends ContainerdFacts {
  /** Its own client, which reads no registry trust but what `--hosts-dir` names. */
  ctr(args: readonly string[], options?: RunOptions): Promise<Finished>;
  /** Pulls through the Kubernetes interface (CRI), as a kubelet or crictl does. */
  pull(image: string, login?: CriLogin): Promise<CriAnswer>;
  stop(): Promise<void>;
}

/** What can be chosen about a containerd. */
export interface ContainerdOptions {
  /**
   * `own` (default): in a folder of its own. `system`: /run/containerd/containerd.sock and /etc/containerd/config.toml
   * of the sandbox; a Docker Engine that is started while it runs uses it too.
   */
  readonly place?: 'own' | 'system';
  /** The registry's `config_path`; null for none, as containerd comes. */
  readonly certsFolder?: string | null;
  /** Which config format is written: 2 (containerd 1.x and 2.x read it) or 3 (only 2.x). */
  readonly configVersion?: 2 | 3;
  /** Another containerd than Debian's; the folder it is in comes first in its PATH, and its ctr is used. */
  readonly containerd?: string;
}

/** The plugin that pulls images for Kubernetes, by config format (containerd, docs/cri/config.md). */
const imagePlugin = { 2: 'io.containerd.grpc.v1.cri', 3: 'io.containerd.cri.v1.images' } as const;

function configOf(folder: string, socketPath: string, certs: string | null, version: 2 | 3) {
  return `version = ${version}
root = "${folder}/root"
state = "${folder}/state"

[grpc]
  address = "${socketPath}"

[plugins."io.containerd.internal.v1.opt"]
  path = "${folder}/opt"
${certs === null ? '' : `\n[plugins."${imagePlugin[version]}".registry]\n  config_path = "${certs}"\n`}`;
}

/** Starts a containerd; by default with `config_path` at its usual place. @throws LabMissing */
export async function startContainerd(options: ContainerdOptions = {}): Promise<LabContainerd> {
  requireLab('containerd');
  mkdirSync(labFolder, { recursive: true });
  const folder = mkdtempSync(join(labFolder, 'containerd-'));
  const system = options.place === 'system';
  const socketPath = system ? '/run/containerd/containerd.sock' : join(folder, 'containerd.sock');
  const configPath = system ? '/etc/containerd/config.toml' : join(folder, 'config.toml');
  const { certsFolder = '/etc/containerd/certs.d', configVersion = 2 } = options;
  mkdirSync(dirname(configPath), { recursive: true });
  writeFileSync(configPath, configOf(folder, socketPath, certsFolder, configVersion));
  const containerd = options.containerd ?? '/usr/bin/containerd';
  const programs = dirname(containerd);
  const daemon = await startDaemon('containerd', [containerd, '--config', configPath], {
    env: { ...process.env, PATH: `${programs}:${process.env.PATH ?? ''}` },
    ready: () => socketAnswers(socketPath),
  });
  return {
    ...{ socketPath, configPath, certsFolder: certsFolder ?? undefined },
    ...{ pid: daemon.pid, logPath: daemon.logPath, stop: daemon.stop },
    ctr: (args, given) => run([join(programs, 'ctr'), '--address', socketPath, ...args], given),
    pull: (image, login) => pullAsKubelet(socketPath, image, login),
  };
}
