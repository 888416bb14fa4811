import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireLab } from './lab-missing.ts';
import { type Finished, labFolder, type RunOptions, run, runOrThrow } from './processes.ts';
import { share } from './share.ts';

/** An ordinary user of the sandbox. */
export interface LabUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  /** Its password, random for each run. */
  readonly password: string;
  /** Its XDG_RUNTIME_DIR. */
  readonly runtimeFolder: string;
}

const uid = 12345;

async function makeUser(): Promise<LabUser> {
  const name = 'regent-lab';
  const password = randomBytes(12).toString('base64url');
  // The docker group is what lets an ordinary user reach the engine's socket.
  await runOrThrow(['groupadd', '--force', '--system', 'docker']);
  const home = `/home/${name}`;
  await runOrThrow([
    ...['useradd', '--create-home', '--home-dir', home, '--uid', String(uid), '--user-group'],
    ...['--groups', 'docker', '--shell', '/bin/bash', name],
  ]);
  await runOrThrow(['chpasswd'], { input: `${name}:${password}\n` });
  const runtimeFolder = `/run/user/${uid}`;
  mkdirSync(runtimeFolder, { mode: 0o700 });
  chownSync(runtimeFolder, uid, uid);
  return { name, uid, gid: uid, home, password, runtimeFolder };
}

/**
 * The run's ordinary user, `regent-lab`, member of the docker group; the machine's own users are not changed.
 * @throws LabMissing
 */
export function createUser(): Promise<LabUser> {
  requireLab();
  return share('user', makeUser);
}

/** The environment a login of that user would have; nothing of this process's own but PATH. */
export function userEnvironment(user: LabUser): Record<string, string> {
  return {
    HOME: user.home,
    USER: user.name,
    LOGNAME: user.name,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    XDG_RUNTIME_DIR: user.runtimeFolder,
  };
}

/** The command line that runs `argv` as that user, with its groups and no privilege, in the environment given. */
export const asUser = (user: LabUser, argv: readonly string[]): readonly string[] => [
  ...['setpriv', '--reuid', String(user.uid), '--regid', String(user.gid), '--init-groups'],
  ...['--inh-caps', '-all', '--'],
  ...argv,
];

/** Runs a program as that user; `env` is added to `userEnvironment`. */
export function runAs(
  user: LabUser,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const env = { ...userEnvironment(user), ...options.env };
  return run(asUser(user, argv), { cwd: user.home, ...options, env });
}

/**
 * An executable file that starts `program` as that user, with whatever arguments and environment it is called,
 * for launchers that take nothing but a path. @returns the file's path
 *
 * For Playwright's `executablePath` also say `chromiumSandbox: true`: it adds `--no-sandbox` otherwise.
 */
export function writeUserLauncher(user: LabUser, program: string): string {
  const folder = join(labFolder, 'launchers');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${user.name}-${program.replaceAll('/', '_')}`);
  const quoted = asUser(user, [program]).map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
