import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';

const setpriv = '/usr/bin/setpriv';

/** What ends a run: Ctrl-C, a polite kill, a closed terminal. @type {readonly NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs one program to its end on this terminal. A signal that ends us ends it first; on Linux the kernel also kills it
 * when this process is killed.
 * @param {readonly string[]} argv
 * @param {{ env?: NodeJS.ProcessEnv, keepOutput?: boolean, lifeline?: boolean, interactive?: boolean }} [options]
 *   `keepOutput` returns stdout instead of showing it; `lifeline` gives it a stdin that ends when we do; `interactive`
 *   leaves Ctrl-C to it
 * @returns {Promise<{ status: number, stdout: string }>} status as a shell says it; 127 when it could not be started
 */
export function runChild(argv, options = {}) {
  const { env = process.env, keepOutput = false, lifeline = false, interactive = false } = options;
  const bound = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL', ...argv] : argv;
  const [command = '', ...args] = bound;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env,
      stdio: [lifeline ? 'pipe' : 'inherit', keepOutput ? 'pipe' : 'inherit', 'inherit'],
    });
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      if (interactive && signal === 'SIGINT') return;
      child.once('close', () => process.exit(128 + constants.signals[signal]));
      child.stdin?.end();
      // Not the same signal: PID 1 of a sandbox hears no other.
      child.kill('SIGKILL');
    };
    for (const signal of endings) process.on(signal, end);
    /** @param {number} status */
    const settle = (status) => {
      for (const signal of endings) process.off(signal, end);
      resolve({ status, stdout });
    };
    child.once('error', () => settle(127));
    child.once('close', (status, signal) => {
      settle(status ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
