import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, absolute. */
export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The bundler's output, absolute. */
export const distFolder = join(projectFolder, 'dist');

/**
 * How npm is run: the very npm that started us where there is one, else the one on PATH.
 * @param {readonly string[]} args
 * @returns {{ file: string, args: string[], shell: boolean }} for `spawn`; `args` are ours alone, never a user's
 */
export function npmCommand(args) {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.c?js$/.test(own)) {
    return { file: process.execPath, args: [own, ...args], shell: false };
  }
  // On Windows npm is a script, and Node starts scripts through the shell only.
  return { file: 'npm', args: [...args], shell: process.platform === 'win32' };
}

/**
 * Runs a command to its end, bounded in time.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, timeoutMs: number, show?: boolean }} options
 *   `show` passes its output on, otherwise it is collected
 * @returns {Promise<{ status: number | null, output: string }>} status null: it was stopped, or could not be started
 */
export function runCommand(file, args, { timeoutMs, show = false, ...options }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...options,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        output = (output + chunk).slice(-65_536);
      });
    }
    child.once('error', (error) => resolve({ status: null, output: error.message }));
    child.once('close', (status) => resolve({ status, output }));
  });
}
