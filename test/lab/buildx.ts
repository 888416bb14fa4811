import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildkitFolder } from '../setup/buildkit.mjs';
import { newerEngineFolder } from '../setup/newer-engine.mjs';
import type { LabEngine } from './engine.ts';
import { requireLab } from './lab-missing.ts';
import { type Finished, labFolder, type RunOptions, runOrThrow } from './processes.ts';
import type { LabUser } from './users.ts';

/** The docker CLI with its buildx plugin, for builders in containers of their own. */
export interface LabBuildx {
  /** The HOME it runs with: settings of buildx are in `.docker/buildx` below it. */
  readonly home: string;
  /** `docker buildx …` */
  buildx(args: readonly string[], options?: RunOptions): Promise<Finished>;
  /**
   * Makes and starts a builder in a container, which a newer engine (28) always can; that of Debian 12 can't where the
   * machine itself lacks a privilege. @throws LabMissing without the lab's own BuildKit @param args further ones, such as `--buildkitd-config FILE`
   */
  createBuilder(name: string, args?: readonly string[]): Promise<Finished>;
  /** Builds the Dockerfile in that folder. @param builder `default` is the BuildKit inside the engine @param target pushed to, when given: `HOST/NAME:TAG` */
  build(builder: string, context: string, target?: string): Promise<Finished>;
  /** Removes the builders. */
  stop(): Promise<void>;
}

/** The image that buildx takes when it is told nothing. */
const image = 'moby/buildkit:buildx-stable-1';

/** The lab's own BuildKit as that image, with runc and the libraries it needs. */
async function importImage(engine: LabEngine): Promise<void> {
  requireLab('buildkit');
  const root = mkdtempSync(join(labFolder, 'buildkit-image-'));
  const put = (from: string, to: string) =>
    cpSync(from, join(root, to), { dereference: true, recursive: true });
  for (const name of ['buildkitd', 'buildctl']) put(join(buildkitFolder, name), `usr/bin/${name}`);
  put('/usr/bin/busybox', 'bin/busybox');
  symlinkSync('busybox', join(root, 'bin/sh'));
  put('/usr/sbin/runc', 'usr/bin/runc');
  const libraries = await runOrThrow(['ldd', '/usr/sbin/runc']);
  for (const [path] of libraries.matchAll(/\/\S+/g)) put(path, path);
  for (const folder of ['etc', 'run', 'tmp']) mkdirSync(join(root, folder));
  const archive = `${root}.tar`;
  await runOrThrow(['tar', '-C', root, '-cf', archive, '.']);
  const changes = [
    'ENTRYPOINT ["buildkitd"]',
    'ENV PATH=/usr/bin:/bin',
    'VOLUME /var/lib/buildkit',
  ];
  const imported = await engine.docker([
    ...['import', ...changes.flatMap((change) => ['--change', change])],
    ...[archive, image],
  ]);
  if (imported.status !== 0) throw new Error(imported.stderr);
}

/**
 * buildx on that engine, with a HOME of its own. Builders get the sandbox's network.
 * @param user whose HOME it is, for an engine that runs the CLI as that user
 * @throws LabMissing
 */
export async function startBuildx(engine: LabEngine, user?: LabUser): Promise<LabBuildx> {
  requireLab('buildx');
  const home = mkdtempSync(join(labFolder, 'buildx-'));
  const plugin = join(home, '.docker/cli-plugins', 'docker-buildx');
  mkdirSync(dirname(plugin), { recursive: true });
  symlinkSync(join(newerEngineFolder, basename(plugin)), plugin);
  if (user !== undefined) await runOrThrow(['chown', '-R', `${user.uid}:${user.gid}`, home]);
  const buildx: LabBuildx['buildx'] = (args, options = {}) =>
    engine.docker(['buildx', ...args], { ...options, env: { HOME: home, ...options.env } });
  const builders = new Set<string>();
  let imported: Promise<void> | undefined;
  return {
    home,
    buildx,
    createBuilder: async (name, args = []) => {
      imported ??= importImage(engine);
      await imported;
      builders.add(name);
      return buildx([
        ...['create', '--name', name, '--driver', 'docker-container'],
        ...['--driver-opt', 'network=host', '--bootstrap', ...args],
      ]);
    },
    build: (builder, context, target) =>
      buildx([
        ...['build', '--builder', builder, '--progress', 'plain'],
        ...(target === undefined ? [] : ['--push', '--tag', target]),
        context,
      ]),
    stop: async () => {
      for (const name of builders) await buildx(['rm', '--force', name]);
    },
  };
}
