import { spawn } from 'node:child_process';

/** What a process left behind. Texts are cut at 1 MiB each. */
export interface ProcessResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a process. `input` goes to its standard input, which is where secrets may go; never into `args`. */
export interface RunOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Hands it the terminal's own input and diagnostics, for a password prompt of sudo. */
  readonly onTerminal?: boolean;
}

/** Runs a program by its absolute path with an argument array; there is no shell. */
export type RunProcess = (
  file: string,
  args: readonly string[],
  options?: RunOptions,
) => Promise<ProcessResult>;

const OUTPUT_LIMIT = 1024 * 1024;

/** Runs a real process; rejects with the system's error when it can't be started or is aborted. */
export const runProcess: RunProcess = (file, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      shell: false,
      stdio: ['pipe', 'pipe', options.onTerminal ? 'inherit' : 'pipe'],
      ...(options.env ? { env: options.env } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
    });
    const output = { stdout: '', stderr: '' };
    const collect = (name: 'stdout' | 'stderr') => (chunk: string) => {
      if (output[name].length < OUTPUT_LIMIT) output[name] += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', collect('stdout'));
    child.stderr?.setEncoding('utf8').on('data', collect('stderr'));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...output }));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
