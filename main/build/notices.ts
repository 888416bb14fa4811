import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listPackages } from './build-target.ts';
import { projectFolder } from './project.mjs';
import { helperExecutable, keychain, targets } from './targets.ts';

/** What a distributed Regent says about the work of others in it. */
export const NOTICES_NAME = 'THIRD-PARTY-NOTICES.txt';

const folder = join(projectFolder, 'main', 'build', 'notices');

/**
 * The licences of everything that Regent's programs contain: the npm packages in the bundles, each with its own text,
 * and the runtime that the standalone helper is compiled with. Electron brings its own.
 * @throws {Error} for a package that names no licence, and as `findRuntimeVersion`
 */
export async function renderNotices(): Promise<string> {
  const bundled = await Promise.all([...targets, helperExecutable].map(listPackages));
  const folders = [...new Set([...bundled.flat(), join('node_modules', keychain)])].sort();
  const packages = await Promise.all(folders.map(describePackage));
  const helper = await readFile(join(folder, 'standalone-helper.txt'), 'utf8');
  const texts = ['LGPL-2.0.txt', 'LGPL-2.1.txt', 'Apache-2.0.txt'].map((name) =>
    readFile(join(folder, name), 'utf8'),
  );
  const manifest = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const runtime = helper.replaceAll('{version}', findRuntimeVersion(manifest));
  return `${[...packages, runtime, ...(await Promise.all(texts))].join(`\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function describePackage(path: string): Promise<string> {
  const root = join(projectFolder, path);
  const { name, version, license } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  if (typeof license !== 'string') throw new Error(`${path} names no licence`);
  const files = (await readdir(root)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.sort().map((file) => readFile(join(root, file), 'utf8')));
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n');
}

/** What package.json says of the Buns that the helper is compiled with. */
interface RuntimeManifest {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * The version of Bun in the helper of every system. @throws {Error} where package.json names none, or several: the
 * notices would tell of another one than there is
 */
export function findRuntimeVersion({ optionalDependencies = {} }: RuntimeManifest): string {
  const pinned = Object.entries(optionalDependencies).filter(([name]) =>
    name.startsWith('@oven/bun-'),
  );
  const [version, ...others] = new Set(pinned.map(([, one]) => one));
  if (version === undefined || others.length > 0) {
    throw new Error('package.json does not name one version of Bun for every system');
  }
  return version;
}
