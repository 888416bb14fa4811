import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureBundles } from './bundle.ts';
import { resolveElectron } from './electron-runtime.ts';
import { distFolder, projectFolder } from './project.mjs';
import { ensureLibraries } from './system-libraries.ts';

const keychainModule = join(
  projectFolder,
  `node_modules/@github/keytar/prebuilds/${process.platform}-${process.arch}/keytar.node`,
);

/**
 * Opens the window, or runs the same main job in the terminal where there is no display.
 * @returns the exit status of what was started
 */
export async function startRegent(args: readonly string[]): Promise<number> {
  await ensureBundles();
  const keychain = ensureLibraries([keychainModule], say);
  if (keychain.kind === 'missing') {
    say(`WARNING: without ${keychain.libraries.join(', ')} Regent can't reach the OS keychain.`);
    say(`Install it with: ${keychain.command}`);
  }
  if (!hasDisplay()) {
    say(
      'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so Regent runs its demo in the terminal.',
    );
    return await run(process.execPath, [join(distFolder, 'regent.mjs'), 'demo', ...args]);
  }
  const electron = await resolveElectron();
  const libraries = ensureLibraries([electron.executablePath], say);
  if (libraries.kind === 'missing') {
    throw new Error(
      `Electron can't start, this machine lacks ${libraries.libraries.join(', ')}. Run:\n  ${libraries.command}`,
    );
  }
  if (electron.args.includes('--no-sandbox')) {
    say(
      "WARNING: started as root, so with --no-sandbox: Chromium's sandbox is off. Use an ordinary user for daily work.",
    );
  }
  return await run(electron.executablePath, [...electron.args, projectFolder, ...args]);
}

function say(line: string): void {
  console.error(line);
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Runs a program in our place: its own terminal, our signals, its exit status. */
function run(file: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => child.kill(signal));
    }
    const stopWatching = watchParent(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('close', stopWatching);
    child.once('close', (status, signal) =>
      resolve(status ?? 128 + constants.signals[signal ?? 'SIGTERM']),
    );
  });
}

/**
 * Under npm our parent is a shell that dies of a signal without passing it on, which would leave the window behind.
 * @returns what ends the watching
 */
function watchParent(onGone: () => void): () => void {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, 500);
  return () => clearInterval(timer);
}
