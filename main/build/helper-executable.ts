import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { buildTarget } from './build-target.ts';
import { ensureHelperRuntime, type HelperRuntime, type System } from './helper-runtime.ts';
import { distFolder, projectFolder, runCommand } from './project.mjs';
import { deafTo, quietRuntime } from './quiet-runtime.ts';
import { type OutputFile, writeOutputs } from './replace-outputs.ts';
import { helperExecutable } from './targets.ts';

/** Bumped whenever the executable is made in another way from the same parts. */
const recipe = 2;

const compileTimeoutMs = 60_000;
const startTimeoutMs = 20_000;

/** The machine that this runs on. */
const host: System = { platform: process.platform, arch: process.arch };
const isHost = ({ platform, arch }: System) => platform === host.platform && arch === host.arch;

/**
 * What Bun reads from the folder it is started in, all of it off. The bytecode halves the time to the first line; in
 * pieces, only what is needed of it is read; and nothing runs long enough for machine code to pay.
 */
const switches = [
  ...['build', '--compile', '--bytecode', '--format=esm', '--splitting'],
  ...['--compile-jit-policy=100', '--external=@github/keytar'],
  ...['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'],
  ...['--no-compile-autoload-tsconfig', '--no-compile-autoload-package-json'],
];

/** Where the executable is made for, and who hears why it could not be. */
export interface HelperWish {
  /** Absolute; made when it is not there. */
  readonly folder: string;
  readonly system?: System;
  readonly say: (line: string) => void;
}

/**
 * Makes `docker-credential-regent` (on Windows with `.exe`) and, beside it, its `keytar.node`: the same TypeScript for
 * every system, compiled with the system's own Bun. One that this machine can start is started once.
 * @returns the files, absolute; none where they could not be made, and `say` has told why then: the helper is a
 * script for Node there
 */
export function makeHelperExecutable(wish: HelperWish): Promise<readonly string[]> {
  return orSay(wish, async (parts) => {
    await make(wish.folder, parts);
    return parts.names.map((name) => join(wish.folder, name));
  });
}

/** The same for this machine, unless it was made from the same parts already. */
export function ensureHelperExecutable(
  wish: Omit<HelperWish, 'system'>,
): Promise<readonly string[]> {
  return orSay(wish, async (parts) => {
    const stampPath = join(wish.folder, '.docker-credential-regent');
    const stamp = stampOf(parts);
    const files = parts.names.map((name) => join(wish.folder, name));
    const isMade = (await readFile(stampPath, 'utf8').catch(() => '')) === stamp;
    if (isMade && files.every(existsSync)) return files;
    await rm(stampPath, { force: true });
    await make(wish.folder, parts);
    await writeFile(stampPath, stamp);
    return files;
  });
}

async function orSay(
  { system = host, say }: HelperWish,
  work: (parts: Parts) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  try {
    return await work(await gatherParts(system, say));
  } catch (error) {
    const { platform, arch } = system;
    say(
      `WARNING: no standalone docker-credential-regent for ${platform}-${arch}, so it needs Node:`,
    );
    say(`  ${(error as Error).message}`);
    return [];
  }
}

/** All that an executable is made from. */
interface Parts {
  readonly system: System;
  readonly runtime: HelperRuntime;
  /** The one that compiles, which is this machine's own. */
  readonly compiler: string;
  /** The bundled program: its first file, and chunks beside it. */
  readonly script: readonly OutputFile[];
  /** The system's keychain module. */
  readonly keytar: Buffer;
  /** What is made: the executable, then its keychain module. */
  readonly names: readonly [string, string];
}

/** The names of the executable and its keychain module, in the folder that both lie in. */
export function helperFiles({
  platform,
}: Pick<System, 'platform'> = host): readonly [string, string] {
  return [`docker-credential-regent${platform === 'win32' ? '.exe' : ''}`, 'keytar.node'];
}

async function gatherParts(system: System, say: HelperWish['say']): Promise<Parts> {
  const { executable: compiler } = await ensureHelperRuntime(host, true, say);
  const runtime = await ensureHelperRuntime(system, isHost(system), say);
  const script = await buildTarget(helperExecutable);
  const keytar = await readFile(keytarOf(system));
  return { system, runtime, compiler, script, keytar, names: helperFiles(system) };
}

async function make(folder: string, parts: Parts): Promise<void> {
  const { system, runtime, script, keytar, names } = parts;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, '.making-helper-'));
  const [program, module] = names;
  try {
    const quiet = quietRuntime(await readFile(runtime.executable));
    await writeFile(join(work, 'runtime'), quiet, { mode: 0o755 });
    await writeOutputs(script.map((file) => ({ ...file, path: sourcePath(work, file) })));
    await compile(work, parts);
    await writeFile(join(work, module), keytar);
    if (isHost(system)) await start(work, program);
    for (const name of names) await rename(join(work, name), join(folder, name));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Such as on a processor or with a C library that it is not for. @throws {Error} with its own words */
async function start(work: string, program: string): Promise<void> {
  const { status, output } = await runCommand(join(work, program), ['version'], {
    timeoutMs: startTimeoutMs,
  });
  if (status !== 0) throw new Error(`it does not start here: ${output.trim()}`);
}

/** Of all that the files are made from, so that another part makes them anew. */
function stampOf({ runtime, script, keytar }: Parts): string {
  const { target, version } = runtime;
  const hash = createHash('sha256').update(
    JSON.stringify([recipe, target, version, switches, deafTo]),
  );
  for (const { path, content } of [...script, { path: '', content: keytar }]) {
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The bundler's files lie in dist/ by name, and are written beside the compiler's instead. */
function sourcePath(work: string, { path }: OutputFile): string {
  return join(work, 'source', relative(distFolder, path));
}

async function compile(work: string, { names: [name], runtime, compiler }: Parts): Promise<void> {
  const entry = join('source', 'docker-credential-regent.mjs');
  const own = ['--compile-executable-path=runtime', `--target=${runtime.target}`];
  const args = [...switches, ...own, entry, `--outfile=${name}`];
  // Nothing of the developer's own settings of Bun.
  const env = { PATH: process.env.PATH, HOME: work, TMPDIR: work };
  const { status, output } = await runCommand(compiler, args, {
    ...{ cwd: work, env, timeoutMs: compileTimeoutMs },
  });
  if (status !== 0 || !existsSync(join(work, name))) throw new Error(output.trim());
}

function keytarOf({ platform, arch }: System): string {
  const prebuilt = join('@github', 'keytar', 'prebuilds', `${platform}-${arch}`, 'keytar.node');
  return join(projectFolder, 'node_modules', prebuilt);
}
