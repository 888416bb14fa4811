import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { projectFolder } from './project.mjs';

/** One thing that the bundler makes. */
export interface Target {
  /** Its main output, relative to dist/. */
  readonly output: string;
  readonly options: BuildOptions;
  /** Packages that may stay outside the bundle and are resolved when it runs. */
  readonly external: readonly string[];
  /** Folders that its sources may come from; everything when not given. */
  readonly onlyFrom?: readonly string[];
}

/** The keychain's native module cannot be bundled. */
export const keychain = '@github/keytar';

/** Bundled CommonJS packages call `require`, which an ES module does not have. */
const requireBanner =
  "import { createRequire as regentRequire } from 'node:module'; const require = regentRequire(import.meta.url);";

const shared: BuildOptions = {
  absWorkingDir: projectFolder,
  bundle: true,
  write: false,
  metafile: true,
  logLevel: 'silent',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** An executable ES module for Node; also for the Node 20.18 inside the oldest Electron in question. */
function nodeOptions(entry: string, output: string, firstLine = ''): BuildOptions {
  return {
    ...shared,
    entryPoints: [join(projectFolder, entry)],
    outfile: join(projectFolder, 'dist', output),
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Its CommonJS form hides its files from the bundler.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    banner: { js: `${firstLine}${requireBanner}` },
  };
}

const shebang = '#!/usr/bin/env node\n';

/** What a program does not always need goes into chunks, read when needed: a third of the helper's time. */
function inChunks({ outfile, ...options }: BuildOptions): BuildOptions {
  return {
    ...options,
    outdir: join(projectFolder, 'dist'),
    outExtension: { '.js': '.mjs' },
    entryNames: 'docker-credential-regent',
    chunkNames: 'helper/[name]-[hash]',
    alias: { ...options.alias, 'graceful-fs': 'node:fs' },
    splitting: true,
  };
}

const main: Target = {
  output: 'main.mjs',
  external: ['electron', keychain],
  options: nodeOptions('main/app/main.ts', 'main.mjs'),
};

/** A sandboxed preload must be one CommonJS file (electron: docs/tutorial/esm.md). */
const preload: Target = {
  output: 'preload.cjs',
  external: ['electron'],
  onlyFrom: ['main/app/', 'shared/'],
  options: {
    ...shared,
    entryPoints: [join(projectFolder, 'main/app/preload.ts')],
    outfile: join(projectFolder, 'dist/preload.cjs'),
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  },
};

const renderer: Target = {
  output: 'renderer/index.js',
  external: [],
  options: {
    ...shared,
    entryPoints: { index: join(projectFolder, 'renderer/main.tsx') },
    outdir: join(projectFolder, 'dist/renderer'),
    platform: 'browser',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    target: 'chrome130',
    charset: 'utf8',
    jsx: 'automatic',
    minify: true,
    sourcemap: 'linked',
    sourcesContent: true,
  },
};

const cli: Target = {
  output: 'regent.mjs',
  external: [keychain],
  options: nodeOptions('main/cli/main.ts', 'regent.mjs', shebang),
};

const helperSources = [
  ...['main/helper/', 'main/accounts/', 'main/platform/', 'shared/', 'node_modules/'],
  'package.json',
];

/** Docker starts it for every registry request, so it holds the credential store and nothing else. */
const helper: Target = {
  output: 'docker-credential-regent.mjs',
  external: [keychain],
  onlyFrom: helperSources,
  options: inChunks(nodeOptions('main/helper/main.ts', 'docker-credential-regent.mjs', shebang)),
};

/**
 * What the standalone helper is compiled from, in chunks like the script. Its keychain module is loaded by path; the
 * package, which the script for Node loads, is named in it and never asked for. Bun needs nobody to give it `require`.
 */
export const helperExecutable: Target = {
  output: 'docker-credential-regent',
  external: [keychain],
  onlyFrom: helperSources,
  options: {
    ...inChunks(nodeOptions('main/helper/executable.ts', 'docker-credential-regent.mjs')),
    banner: {},
    define: { ...shared.define, 'import.meta.url': '"file:///"' },
  },
};

/** Keeps encrypted logins unlocked where there is no keychain: a program of the terminal's, it outlives a command. */
const agent: Target = {
  output: 'agent.mjs',
  external: [],
  onlyFrom: ['main/agent/', 'main/accounts/', 'main/platform/', 'shared/', 'node_modules/'],
  options: nodeOptions('main/agent/main.ts', 'agent.mjs'),
};

/** The step that runs as root: one file and Node, nothing that somebody else could have put beside it. */
const elevated: Target = {
  output: 'elevated.mjs',
  external: [],
  onlyFrom: ['main/trust/', 'main/platform/', 'shared/', 'node_modules/'],
  options: nodeOptions('main/trust/elevated/main.ts', 'elevated.mjs'),
};

/** A thread of the app's and of the terminal's program, which look for it beside them under this name. */
const zstdWorker: Target = {
  output: 'zstd-worker.mjs',
  external: [],
  onlyFrom: ['main/registry/files/unpack/', 'node_modules/fzstd/'],
  options: nodeOptions('main/registry/files/unpack/zstd-worker.mjs', 'zstd-worker.mjs'),
};

/** Everything that is bundled into dist/. */
export const targets: readonly Target[] = [
  ...[main, preload, renderer, cli, helper, agent, elevated],
  zstdWorker,
];
