import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Everything of the lab that is a file: logs, sockets, data. Gone with the sandbox. */
export const labFolder = '/run/regent-lab';

/** How one program ended. */
export interface Finished {
  /** Exit status; 128 + n when signal n ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `run` can be given beyond the arguments. */
export interface RunOptions {
  /** The whole environment; by default that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Written to stdin, which is then closed. */
  readonly input?: string;
  /** The program is killed after this many milliseconds (default 120 000). */
  readonly timeoutMs?: number;
}

/** Runs one program to its end. A status other than 0 is an answer, not an error. @throws when it cannot start. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const [command = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const { input, timeoutMs = 120_000, env, cwd } = options;
    const child = execFile(
      command,
      args,
      { env, cwd, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 256 << 20 },
      (error, stdout, stderr) => {
        if (error !== null && child.pid === undefined) {
          reject(error);
          return;
        }
        const signal = child.signalCode === null ? 0 : constants.signals[child.signalCode];
        const status = child.exitCode ?? 128 + signal;
        resolve({ status, stdout, stderr });
      },
    );
    // A program may end without reading its input; that is its right.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** `run`, for preparation that has to work. @returns stdout @throws with the program's words on any other status. */
export async function runOrThrow(
  argv: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { status, stdout, stderr } = await run(argv, options);
  if (status === 0) return stdout;
  throw new Error(`${argv.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

/** A program that keeps running until it is stopped, its starter ends, or the sandbox does. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
  /** stdout and stderr of the program. */
  readonly logPath: string;
  /** Asks it to end, waits, and kills it when it takes longer than 10 s. */
  stop(): Promise<void>;
}

/** How `startDaemon` starts a program. */
export interface DaemonOptions<T> {
  readonly env?: NodeJS.ProcessEnv;
  /** Written to stdin, which is then closed. */
  readonly input?: string;
  /** Lets it live until the sandbox ends, for parts shared by test files; otherwise it dies with this process. */
  readonly outliving?: boolean;
  /** Asked again and again until it answers something else than undefined. */
  readonly ready: (logPath: string) => Promise<T | undefined> | T | undefined;
}

let started = 0;

/**
 * Starts a program and waits until it is ready.
 * @throws with the end of its log when it ends first or is not ready after 60 s.
 */
export async function startDaemon<T>(
  name: string,
  argv: readonly string[],
  options: DaemonOptions<T>,
): Promise<Daemon & { readonly answer: T }> {
  const logs = join(labFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  started += 1;
  const logPath = join(logs, `${name}-${process.pid}-${started}.log`);
  const log = openSync(logPath, 'a');
  const whole = options.outliving === true ? argv : ['setpriv', '--pdeathsig', 'KILL', ...argv];
  const [command = '', ...args] = whole;
  const child = spawn(command, args, {
    env: options.env,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', log, log],
    detached: options.outliving === true,
  });
  child.stdin?.end(options.input);
  child.unref();
  const stop = () => stopProcess(child);
  const answer = await waitUntilReady(name, child, logPath, options.ready).catch(async (error) => {
    await stop();
    throw error;
  });
  return { name, pid: child.pid ?? 0, logPath, stop, answer };
}

async function waitUntilReady<T>(
  name: string,
  child: ChildProcess,
  logPath: string,
  ready: DaemonOptions<T>['ready'],
): Promise<T> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && failure === undefined && isRunning(child)) {
    const answer = await ready(logPath);
    if (answer !== undefined) return answer;
    await sleep(20);
  }
  const log = readFileSync(logPath, 'utf8').slice(-4000);
  throw new Error(`${name} did not get ready. ${failure?.message ?? ''}\n${log}`);
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

async function stopProcess(child: ChildProcess): Promise<void> {
  if (!isRunning(child) || child.pid === undefined) return;
  child.ref();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}
