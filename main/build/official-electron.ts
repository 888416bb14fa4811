import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { electronFolder, fetchOfficialArchive } from './official-download.ts';
import { runCommand } from './project.mjs';
import { findRuntimeCache } from './runtime-cache.ts';

/** Unpacking the archive takes at most this long. */
const installTimeoutMs = 3 * 60_000;

/** So long is a failed download not tried again, so that not every start waits for it. */
const retryAfterMs = 60 * 60_000;

/** An Electron as its own project released it. */
export interface OfficialElectron {
  readonly executablePath: string;
  readonly version: string;
}

/** The version of the locked `electron` package. */
export async function readElectronVersion(): Promise<string> {
  const text = await readFile(join(electronFolder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The binary of the `electron` package, when its installer has fetched it. */
export async function findOfficialElectron(): Promise<OfficialElectron | undefined> {
  const version = await readElectronVersion();
  const read = (name: string) => readFile(join(electronFolder, name), 'utf8').catch(() => '');
  const [unpacked, binary] = await Promise.all([read(join('dist', 'version')), read('path.txt')]);
  if (unpacked.replace(/^v/, '') !== version || !binary) return undefined;
  const executablePath = join(electronFolder, 'dist', binary);
  return existsSync(executablePath) ? { executablePath, version } : undefined;
}

/**
 * Has the `electron` package fetch its binary (its own tools check the sums). A failure is remembered for an hour.
 * @returns undefined when it can't be had; `say` has told why then
 */
export async function downloadOfficialElectron(
  say: (line: string) => void,
): Promise<OfficialElectron | undefined> {
  const version = await readElectronVersion();
  const failureMark = join(findRuntimeCache(), `official-${version}.failed`);
  const failed = await stat(failureMark).catch(() => undefined);
  if (failed && Date.now() - failed.mtimeMs < retryAfterMs) {
    say(`Electron ${version} could not be downloaded a while ago (tried again after an hour).`);
    return undefined;
  }
  say(`Downloading Electron ${version} (once, about 110 MB) …`);
  try {
    await fetchOfficialArchive(version);
    const found = await installOfficialElectron();
    await rm(failureMark, { force: true });
    return found;
  } catch (error) {
    const reason = describeFailure(error);
    await mkdir(dirname(failureMark), { recursive: true });
    await writeFile(failureMark, reason);
    say(`Electron ${version} could not be downloaded: ${reason}`);
    return undefined;
  }
}

/** Lets the package's installer unpack the archive that now lies in its cache. */
async function installOfficialElectron(): Promise<OfficialElectron> {
  const installer = join(electronFolder, 'install.js');
  const { output } = await runCommand(process.execPath, [installer], {
    timeoutMs: installTimeoutMs,
  });
  const found = await findOfficialElectron();
  if (!found) throw new Error(output.trim() || 'its installer did not end');
  return found;
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says "fetch failed" and keeps the reason as its cause.
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
