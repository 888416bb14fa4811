import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitWithSentence, isRunDirectly } from './command.mjs';
import {
  developmentElectronVersion,
  developmentMark,
  ensureDevelopmentElectron,
  hasDevelopmentElectron,
} from './development-electron.ts';
import {
  downloadOfficialElectron,
  findOfficialElectron,
  readElectronVersion,
} from './official-electron.ts';
import { isRootOnLinux } from './runtime-cache.ts';

/** An Electron that can run the app. */
export interface ElectronRuntime {
  /** Absolute. */
  readonly executablePath: string;
  /** Of Electron, such as `45.4.1`. */
  readonly version: string;
  /** False for the development runtime, on which nothing is ever shipped. */
  readonly official: boolean;
  /** The unpacked distribution's folder, for packing. */
  readonly dist: string;
  /** Switches that this machine needs, to be put before the app's folder. */
  readonly args: readonly string[];
}

/**
 * Finds the Electron that start, tests and packing share: the one in `REGENT_ELECTRON` (an executable's
 * path), else the official one, else the development runtime; fetched when it isn't there. Tells what it
 * does on stderr.
 * @throws {Error} with a sentence that says what can be done
 */
export async function resolveElectron(
  say: (line: string) => void = (line) => console.error(line),
): Promise<ElectronRuntime> {
  const given = process.env.REGENT_ELECTRON;
  if (given) return describeGiven(given);
  const official = (await findOfficialElectron()) ?? (await downloadOfficialElectron(say));
  if (official) {
    return describe(official.executablePath, official.version, true);
  }
  if (!hasDevelopmentElectron()) {
    throw new Error(
      `Electron ${await readElectronVersion()} could not be downloaded, and there is no other for ${process.platform}-${process.arch}. ` +
        'Set ELECTRON_MIRROR to a mirror you trust, or REGENT_ELECTRON to the path of an Electron executable.',
    );
  }
  const folder = await ensureDevelopmentElectron(say);
  say(
    `WARNING: using the development runtime (Electron ${developmentElectronVersion}). It is out of support, for development and tests only; nothing is shipped on it.`,
  );
  return describe(join(folder, 'electron'), developmentElectronVersion, false);
}

async function describeGiven(executablePath: string): Promise<ElectronRuntime> {
  if (!existsSync(executablePath)) {
    throw new Error(`REGENT_ELECTRON names a file that is not there: ${executablePath}`);
  }
  const dist = dirname(executablePath);
  const version = await readFile(join(dist, 'version'), 'utf8').catch(readElectronVersion);
  const official = !existsSync(join(dist, developmentMark));
  return describe(executablePath, version.trim().replace(/^v/, ''), official);
}

function describe(executablePath: string, version: string, official: boolean): ElectronRuntime {
  return {
    executablePath,
    version,
    official,
    dist: distOf(executablePath),
    args: isRootOnLinux() ? ['--no-sandbox'] : [],
  };
}

/** On macOS the executable lies three folders deep in the bundle, and the bundle is part of the distribution. */
function distOf(executablePath: string): string {
  const bundle = executablePath.indexOf('.app/');
  return bundle < 0 ? dirname(executablePath) : dirname(executablePath.slice(0, bundle));
}

// `node --import tsx main/build/electron-runtime.ts --ensure`: prints the runtime as JSON on stdout.
if (isRunDirectly(import.meta.url)) {
  await exitWithSentence(async () => {
    console.log(JSON.stringify(await resolveElectron(), null, 2));
  });
}
