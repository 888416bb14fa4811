import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildTarget } from './build-target.ts';
import { ensureHelperRuntime, type HelperRuntime, type System } from './helper-runtime.ts';
import { projectFolder, runCommand } from './project.mjs';
import { quietRuntime } from './quiet-runtime.ts';
import { helperExecutable } from './targets.ts';

/** Bumped whenever the executable is made in another way from the same parts. */
const recipe = 1;

const compileTimeoutMs = 60_000;
const startTimeoutMs = 20_000;

/** The machine that this runs on. */
const host: System = { platform: process.platform, arch: process.arch };
const isHost = ({ platform, arch }: System) => platform === host.platform && arch === host.arch;

/** What Bun reads from the folder it is started in, all of it off; the bytecode halves the time to the first line. */
const switches = [
  ...['build', '--compile', '--bytecode', '--format=cjs', '--external=@github/keytar'],
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
  /** The bundled program. */
  readonly script: string | Uint8Array;
  /** What is made: the executable, then its keychain module. */
  readonly names: readonly [string, string];
}

async function gatherParts(system: System, say: HelperWish['say']): Promise<Parts> {
  const { executable: compiler } = await ensureHelperRuntime(host, true, say);
  const runtime = await ensureHelperRuntime(system, isHost(system), say);
  const [bundle] = await buildTarget(helperExecutable);
  const name = `docker-credential-regent${system.platform === 'win32' ? '.exe' : ''}`;
  const script = bundle?.content ?? '';
  return { system, runtime, compiler, script, names: [name, 'keytar.node'] };
}

async function make(folder: string, parts: Parts): Promise<void> {
  const { system, runtime, script, names } = parts;
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, '.making-helper-'));
  const [program, module] = names;
  try {
    const quiet = quietRuntime(await readFile(runtime.executable));
    await writeFile(join(work, 'runtime'), quiet, { mode: 0o755 });
    await writeFile(join(work, 'helper.cjs'), script);
    await compile(work, parts);
    await copyFile(keytarOf(system), join(work, module));
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

function stampOf({ runtime, script }: Parts): string {
  const made = [recipe, runtime.target, runtime.version, ...switches];
  return createHash('sha256').update(made.join('\0')).update(script).digest('hex');
}

async function compile(work: string, { names: [name], runtime, compiler }: Parts): Promise<void> {
  const own = ['--compile-executable-path=runtime', `--target=${runtime.target}`];
  const args = [...switches, ...own, 'helper.cjs', `--outfile=${name}`];
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
