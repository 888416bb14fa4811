import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  asUser,
  type Finished,
  type LabKeychain,
  type LabUser,
  run,
  startKeychain,
  userEnvironment,
} from '../lab/index.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A person at a terminal: an ordinary user with a home, a PATH and (unless left out) an unlocked keychain. */
export interface Terminal {
  readonly user: LabUser;
  readonly env: NodeJS.ProcessEnv;
  /** Folder in the user's home that holds everything Regent keeps. */
  readonly regentHome: string;
  /** Runs `regent`, as installed by this build. */
  regent(args: readonly string[], input?: string, env?: NodeJS.ProcessEnv): Promise<Finished>;
  /** Runs any other program as this user, such as the docker CLI. */
  program(argv: readonly string[], input?: string): Promise<Finished>;
}

/** Sits the lab's ordinary user down at a fresh terminal: nothing of Regent, Docker logins or helpers is there yet. */
export async function openTerminal(user: LabUser, keychain?: LabKeychain): Promise<Terminal> {
  const home = mkdtempSync(join(user.home, 'terminal-'));
  const bin = join(home, 'bin');
  mkdirSync(bin);
  await run(['chown', '-R', `${user.uid}:${user.gid}`, home]);
  const regentHome = join(home, 'regent');
  const base = userEnvironment(user);
  const env = {
    ...base,
    HOME: home,
    PATH: `${bin}:${base.PATH}`,
    REGENT_HOME: regentHome,
    REGENT_LANG: 'en',
    ...keychain?.env,
  };
  const program = (argv: readonly string[], input = '', more: NodeJS.ProcessEnv = {}) =>
    run(asUser(user, argv), { env: { ...env, ...more }, cwd: home, input, timeoutMs: 90_000 });
  return {
    user,
    env,
    regentHome,
    program,
    regent: (args, input, more) =>
      program([process.execPath, join(project, 'dist', 'regent.mjs'), ...args], input, more),
  };
}

/** A keychain that belongs to that user. */
export const keychainOf = (user: LabUser): Promise<LabKeychain> => startKeychain({ user });

/** The one JSON document that a command printed with `--json`. */
export function documentOf(finished: Finished): Record<string, unknown> {
  try {
    return JSON.parse(finished.stdout) as Record<string, unknown>;
  } catch {
    throw new Error(`not one JSON document: ${finished.stdout}\n${finished.stderr}`);
  }
}

/** The code of the error that a command printed with `--json`. */
export function errorCodeOf(finished: Finished): unknown {
  return (documentOf(finished).error as { code?: unknown } | undefined)?.code;
}
