import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildkitFolder } from '../setup/buildkit.mjs';
import { requireLab } from './lab-missing.ts';
import { socketAnswers } from './port-answers.ts';
import { type Finished, labFolder, type RunOptions, run, startDaemon } from './processes.ts';
import { asUser, type LabUser, runAs, userEnvironment } from './users.ts';

/** A BuildKit daemon of its own (not the one inside a Docker Engine). */
export interface LabBuildkit {
  readonly socketPath: string;
  /** Its buildkitd.toml, read only at the start. SIGHUP ends it. */
  readonly configPath: string;
  /** Of the daemon, or of the RootlessKit around it. */
  readonly pid: number;
  readonly logPath: string;
  /** Runs buildctl against it. */
  buildctl(args: readonly string[], options?: RunOptions): Promise<Finished>;
  /** Builds the Dockerfile in that folder. @param target pushed to, when given: `HOST/NAME:TAG` */
  build(context: string, target?: string): Promise<Finished>;
  stop(): Promise<void>;
}

/** What can be chosen about it. */
export interface BuildkitOptions {
  /** `own` (default): in a folder of its own. `system`: /run/buildkit/buildkitd.sock and /etc/buildkit/buildkitd.toml. */
  readonly place?: 'own' | 'system';
  /** Contents of buildkitd.toml; by default the file is left as it is, or absent. */
  readonly settings?: string;
  /**
   * An ordinary user's own, without root, in the usual places: $XDG_RUNTIME_DIR/buildkit/buildkitd.sock and
   * ~/.config/buildkit/buildkitd.toml. `place` is then of no meaning.
   */
  readonly user?: LabUser;
}

/** Where its socket, settings and data are. */
function placeOf({ user, place }: BuildkitOptions, folder: string) {
  if (user !== undefined) {
    return {
      socketPath: join(user.runtimeFolder, 'buildkit/buildkitd.sock'),
      configPath: join(user.home, '.config/buildkit/buildkitd.toml'),
      root: join(user.home, '.local/share/buildkit'),
    };
  }
  const root = join(folder, 'root');
  return place === 'system'
    ? {
        root,
        socketPath: '/run/buildkit/buildkitd.sock',
        configPath: '/etc/buildkit/buildkitd.toml',
      }
    : {
        root,
        socketPath: join(folder, 'buildkitd.sock'),
        configPath: join(folder, 'buildkitd.toml'),
      };
}

/** RootlessKit gives it user and mount namespaces; the network stays the sandbox's. */
const withoutRoot = (user: LabUser, argv: readonly string[]) =>
  asUser(user, ['rootlesskit', '--net=host', '--copy-up=/etc', '--copy-up=/run', ...argv]);

/** Starts a BuildKit daemon. @throws LabMissing */
export async function startBuildkit(options: BuildkitOptions = {}): Promise<LabBuildkit> {
  requireLab('buildkit', ...(options.user === undefined ? [] : (['rootless-engine'] as const)));
  mkdirSync(labFolder, { recursive: true });
  const folder = mkdtempSync(join(labFolder, 'buildkit-'));
  const { user, settings } = options;
  const { socketPath, configPath, root } = placeOf(options, folder);
  if (settings !== undefined) {
    if (user === undefined) mkdirSync(dirname(configPath), { recursive: true });
    else await runAs(user, ['mkdir', '-p', dirname(configPath)]);
    writeFileSync(configPath, settings);
  }
  const argv = [
    ...[join(buildkitFolder, 'buildkitd'), '--config', configPath],
    ...['--addr', `unix://${socketPath}`, '--root', root],
    // A containerd that a test has running is not its business.
    '--containerd-worker=false',
  ];
  const daemon = await startDaemon(
    'buildkitd',
    user === undefined ? argv : withoutRoot(user, argv),
    {
      env: user === undefined ? process.env : userEnvironment(user),
      ready: () => socketAnswers(socketPath),
    },
  );
  const buildctl: LabBuildkit['buildctl'] = (args, given) =>
    run([join(buildkitFolder, 'buildctl'), '--addr', `unix://${socketPath}`, ...args], given);
  return {
    ...{ socketPath, configPath, pid: daemon.pid, logPath: daemon.logPath, stop: daemon.stop },
    buildctl,
    build: (context, target) =>
      buildctl([
        ...['build', '--progress', 'plain', '--frontend', 'dockerfile.v0'],
        ...['--local', `context=${context}`, '--local', `dockerfile=${context}`],
        ...(target === undefined ? [] : ['--output', `type=image,name=${target},push=true`]),
      ]),
  };
}
