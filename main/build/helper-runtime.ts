import { createRequire } from 'node:module';
import { join } from 'node:path';

/** An operating system and processor, as Node names them. */
export interface System {
  readonly platform: string;
  readonly arch: string;
}

/** The Bun that an executable for one system is made of. */
export interface HelperRuntime {
  /** npm's package with it; `baseline` also runs on processors without AVX2. */
  readonly name: string;
  /** What the compiler calls the system. */
  readonly target: string;
  /** The installed package; undefined when npm did not install it. */
  readonly installed: { readonly executable: string; readonly version: string } | undefined;
}

/** npm's names, by Node's. */
const names: Readonly<Record<string, string>> = {
  'linux-x64': 'bun-linux-x64-baseline',
  'linux-arm64': 'bun-linux-aarch64',
  'darwin-x64': 'bun-darwin-x64-baseline',
  'darwin-arm64': 'bun-darwin-aarch64',
  'win32-x64': 'bun-windows-x64-baseline',
  'win32-arm64': 'bun-windows-aarch64',
};

/** The runtime for a system; undefined where there is none at all. */
export function findHelperRuntime({ platform, arch }: System): HelperRuntime | undefined {
  const name = names[`${platform}-${arch}`];
  if (name === undefined) return undefined;
  const file = join('bin', platform === 'win32' ? 'bun.exe' : 'bun');
  return { name, target: name, installed: findPackage(`@oven/${name}`, file) };
}

function findPackage(name: string, file: string): HelperRuntime['installed'] {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve(`${name}/package.json`);
    const { version } = require(manifest) as { version: string };
    return { executable: join(manifest, '..', file), version };
  } catch {
    return undefined;
  }
}
