import { createRequire } from 'node:module';
import { join } from 'node:path';
import { exitWithSentence, isRunDirectly } from './command.mjs';
import { type BunPackage, ensureFetchedBun } from './fetched-bun.ts';

/** An operating system and processor, as Node names them. */
export interface System {
  readonly platform: string;
  readonly arch: string;
}

/** The Bun that an executable for one system is made of. */
export interface HelperRuntime {
  /** What the compiler calls the system. */
  readonly target: string;
  readonly version: string;
  /** Absolute. */
  readonly executable: string;
}

/** npm's names, by Node's; `baseline` also runs on processors without AVX2. */
const names: Readonly<Record<string, string>> = {
  'linux-x64': 'bun-linux-x64-baseline',
  'linux-arm64': 'bun-linux-aarch64',
  'darwin-x64': 'bun-darwin-x64-baseline',
  'darwin-arm64': 'bun-darwin-aarch64',
  'win32-x64': 'bun-windows-x64-baseline',
  'win32-arm64': 'bun-windows-aarch64',
};

/** Every system that the helper is made for. */
export const helperSystems: readonly System[] = ['linux', 'darwin', 'win32'].flatMap((platform) =>
  ['x64', 'arm64'].map((arch) => ({ platform, arch })),
);

/**
 * The runtime for a system: the package that npm installed for this machine, or for another system the same package
 * fetched into a cache, on the first call.
 * @param isHere whether it is this machine's, which is never fetched: npm was asked for it already
 * @throws {Error} with a sentence: there is none, it is not installed, or it can't be had
 */
export async function ensureHelperRuntime(
  { platform, arch }: System,
  isHere: boolean,
  say: (line: string) => void,
): Promise<HelperRuntime> {
  const target = names[`${platform}-${arch}`];
  if (target === undefined) throw new Error('there is no Bun for it');
  const file = join('bin', platform === 'win32' ? 'bun.exe' : 'bun');
  const wanted = { name: `@oven/${target}`, file };
  const installed = findPackage(wanted);
  if (installed) return { target, ...installed };
  if (isHere) throw new Error(`npm did not install ${wanted.name}`);
  return { target, ...(await ensureFetchedBun(wanted, say)) };
}

function findPackage({ name, file }: BunPackage): Omit<HelperRuntime, 'target'> | undefined {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve(`${name}/package.json`);
    const { version } = require(manifest) as { version: string };
    return { executable: join(manifest, '..', file), version };
  } catch {
    return undefined;
  }
}

// `node --import tsx main/build/helper-runtime.ts`: fetches those of all systems, for packing or tests without a network.
if (isRunDirectly(import.meta.url)) {
  await exitWithSentence(async () => {
    for (const system of helperSystems) await ensureHelperRuntime(system, false, console.error);
  });
}
