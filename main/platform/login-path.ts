import { randomBytes } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Clock } from './clock.ts';
import type { RunProcess } from './run-process.ts';

/** What the PATH of a terminal is found with. */
export interface LoginPathOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly run: RunProcess;
  readonly clock: Clock;
  /** In milliseconds; 5 seconds, as a person's start files may do a lot. */
  readonly deadlineMs?: number;
}

/** How long an answer counts, in milliseconds: a person may have added a folder since. */
const FRESH_MS = 60_000;

/**
 * Makes the question for the PATH that a terminal would have. On macOS a program started from the dock has a shorter
 * one, without /usr/local/bin and Homebrew, and terminals open login shells: so the user's own shell is started as one,
 * with a fixed command. On other systems a window has the PATH of its session, as terminals do. Where there is no
 * answer, it is this process's own PATH.
 */
export function createLoginPath(options: LoginPathOptions): () => Promise<string> {
  let answer: { readonly at: number; readonly path: Promise<string> } | undefined;
  return () => {
    const now = options.clock.now();
    if (answer === undefined || now - answer.at > FRESH_MS) {
      answer = { at: now, path: askShell(options) };
    }
    return answer.path;
  };
}

async function askShell(options: LoginPathOptions): Promise<string> {
  const { env, platform, run, deadlineMs = 5000 } = options;
  const own = env.PATH ?? '';
  const shell = env.SHELL;
  if (platform !== 'darwin' || !shell || !isAbsolute(shell)) return own;
  const isThere = await access(shell, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isThere) return own;
  // Start files may greet; the answer is what stands between the marks.
  const mark = `regent-${randomBytes(8).toString('hex')}`;
  const command = `echo ${mark}; /usr/bin/printenv PATH; echo ${mark}`;
  const signal = AbortSignal.timeout(deadlineMs);
  const late = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const asked = run(shell, ['-ilc', command], { env, signal }).then(
    ({ stdout }) => new RegExp(`^${mark}\\n(/.*)\\n${mark}$`, 'm').exec(stdout)?.[1],
    () => undefined,
  );
  return (await Promise.race([asked, late])) ?? own;
}
