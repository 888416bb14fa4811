import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireLab } from './lab-missing.ts';
import { type Finished, labFolder, type RunOptions, run, runOrThrow } from './processes.ts';
import { asUser, type LabUser, userEnvironment } from './users.ts';

/** Podman (with the builder in it) and skopeo as one account of the sandbox uses them. */
export interface LabPodman {
  /** Where they look first for `HOST[:PORT]/*.crt`: the account's own folder, or for root that of the system. */
  readonly certsFolder: string;
  /** The folder of `*.conf` drop-ins, chosen in the same way. */
  readonly registriesFolder: string;
  /** Runs podman; a `build` isolates its steps with chroot, as the sandbox has no cgroups to give. */
  podman(args: readonly string[], options?: RunOptions): Promise<Finished>;
  skopeo(args: readonly string[], options?: RunOptions): Promise<Finished>;
  /** Nothing runs between commands; this forgets images and logins. Trust files stay, they are the test's. */
  stop(): Promise<void>;
}

/** Whose podman it is. */
export interface PodmanOptions {
  /** An ordinary user, for whom it works rootless; root without. */
  readonly user?: LabUser;
}

/** Keeps root's images in the sandbox, in the way that works on every file system: what the machine has may not fit. */
function writeStorageSettings(): void {
  const storage = join(labFolder, 'containers');
  const lines = ['[storage]', 'driver = "vfs"', `runroot = "${storage}/run"`];
  mkdirSync('/etc/containers', { recursive: true });
  writeFileSync(
    '/etc/containers/storage.conf',
    `${[...lines, `graphroot = "${storage}/images"`].join('\n')}\n`,
  );
}

/** Podman of root, or of an ordinary user. Both begin without images and logins. @throws LabMissing */
export async function startPodman({ user }: PodmanOptions = {}): Promise<LabPodman> {
  requireLab('podman');
  writeStorageSettings();
  const folder = user === undefined ? '/etc/containers' : join(user.home, '.config/containers');
  const isolation = { BUILDAH_ISOLATION: 'chroot' };
  const as = (argv: readonly string[]) => (user === undefined ? argv : asUser(user, argv));
  const complete = (options: RunOptions): RunOptions => ({
    ...options,
    cwd: options.cwd ?? user?.home ?? '/',
    env: {
      ...(user === undefined ? process.env : userEnvironment(user)),
      ...isolation,
      ...options.env,
    },
  });
  const tool =
    (name: string) =>
    (args: readonly string[], options: RunOptions = {}) =>
      run(as([name, ...args]), complete(options));
  // Routes to a helper may stand there, too, and `podman logout --all` needs that helper where a test has left none.
  const logins = join(
    user ? join(user.runtimeFolder, 'containers') : '/run/containers/0',
    'auth.json',
  );
  const forget = async () => {
    rmSync(logins, { force: true });
    await runOrThrow(as(['podman', 'logout', '--all']), complete({}));
    await runOrThrow(as(['podman', 'system', 'reset', '--force']), complete({}));
  };
  await forget();
  return {
    certsFolder: join(folder, 'certs.d'),
    registriesFolder: join(folder, 'registries.conf.d'),
    podman: tool('podman'),
    skopeo: tool('skopeo'),
    stop: forget,
  };
}
