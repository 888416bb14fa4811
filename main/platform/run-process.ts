import { type ChildProcess, spawn } from 'node:child_process';

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

/** How long a program has to end before it is asked again, and how often it is asked before it is made to. */
const INSIST_MS = 1000;
const INSIST_TIMES = 5;

/**
 * Runs a real process; rejects with the system's error when it can't be started, and with an AbortError when it was
 * aborted and has ended.
 */
export const runProcess: RunProcess = (file, args, options = {}) =>
  new Promise((resolve, reject) => {
    const { signal } = options;
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const child = spawn(file, [...args], {
      shell: false,
      stdio: ['pipe', 'pipe', options.onTerminal ? 'inherit' : 'pipe'],
      ...(options.env ? { env: options.env } : {}),
      ...(signal ? { signal } : {}),
      ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
    });
    const output = { stdout: '', stderr: '' };
    const collect = (name: 'stdout' | 'stderr') => (chunk: string) => {
      if (output[name].length < OUTPUT_LIMIT) output[name] += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', collect('stdout'));
    child.stderr?.setEncoding('utf8').on('data', collect('stderr'));
    const onAbort = () => insist(child);
    signal?.addEventListener('abort', onAbort, { once: true });
    let failure: Error | undefined;
    child.on('error', (error) => {
      if (child.pid === undefined) reject(error);
      failure ??= error;
    });
    child.once('close', (status) => {
      signal?.removeEventListener('abort', onAbort);
      if (failure) reject(failure);
      else resolve({ status, ...output });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });

/** A program may miss the request to end, as the docker CLI does while it starts a plugin. */
function insist(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  let times = 0;
  const timer = setInterval(() => {
    times += 1;
    child.kill(times > INSIST_TIMES ? 'SIGKILL' : 'SIGTERM');
  }, INSIST_MS);
  child.once('exit', () => clearInterval(timer));
}
