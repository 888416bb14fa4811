import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkSha512 } from './check-sum.ts';
import { npmCommand, projectFolder, runCommand } from './project.mjs';
import { findRuntimeCache } from './runtime-cache.ts';
import { extractTarEntry } from './unpack.ts';

/** One of npm's packages with a Bun, such as `@oven/bun-darwin-aarch64`, and the program's path in it. */
export interface BunPackage {
  readonly name: string;
  readonly file: string;
}

const fetchTimeoutMs = 10 * 60_000;

/**
 * A Bun for another system than this machine's, which npm leaves out. It is the very package that package-lock.json
 * names, checked against the lock's SHA-512 and kept in a cache (about 50 MB fetched, 100 MB kept).
 * @throws {Error} with a sentence: it can't be had, or is not the locked one
 */
export async function ensureFetchedBun(
  wanted: BunPackage,
  say: (line: string) => void,
): Promise<{ readonly executable: string; readonly version: string }> {
  const { version, sha512 } = await readLocked(wanted.name);
  const cache = join(dirname(findRuntimeCache()), 'bun');
  const executable = join(cache, `${wanted.name.replace('@oven/', '')}-${version}`);
  if (existsSync(executable)) return { executable, version };
  await mkdir(cache, { recursive: true });
  // A folder for each run: two at once fetch it twice, and neither reads a half of the other's.
  const work = await mkdtemp(join(cache, 'fetching-'));
  try {
    say(`Fetching ${wanted.name} ${version} (once, about 50 MB) …`);
    const pack = ['pack', `${wanted.name}@${version}`, '--pack-destination', work];
    const npm = npmCommand([...pack, '--ignore-scripts', '--silent']);
    const { status, output } = await runCommand(npm.file, npm.args, {
      ...{ cwd: work, timeoutMs: fetchTimeoutMs },
    });
    const packed = join(work, output.trim().split('\n').at(-1) ?? '');
    if (status !== 0 || !packed.endsWith('.tgz')) {
      throw new Error(`${wanted.name} could not be fetched: ${output.trim()}`);
    }
    await checkSha512(packed, sha512);
    const unpacked = join(work, 'bun');
    await extractTarEntry(packed, ['package', ...wanted.file.split(/[\\/]/)].join('/'), unpacked);
    await rename(unpacked, executable);
    return { executable, version };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** What package-lock.json says of a package. @throws {Error} when it does not name it */
async function readLocked(
  name: string,
): Promise<{ readonly version: string; readonly sha512: string }> {
  const lock = JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { version?: string; integrity?: string }>>;
  };
  const { version, integrity = '' } = lock.packages[`node_modules/${name}`] ?? {};
  const sha512 = /^sha512-(\S+)$/.exec(integrity)?.[1];
  if (version === undefined || sha512 === undefined) {
    throw new Error(`package-lock.json does not name ${name}`);
  }
  return { version, sha512 };
}
