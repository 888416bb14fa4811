import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../main/build/project.mjs';
import { type Finished, labFolder, run } from '../../lab/index.ts';

/** The built helper, as docker starts it in development. */
export const helperScript = join(projectFolder, 'dist', 'docker-credential-regent.mjs');

/** One of the two things that the helper is built as. */
export interface HelperBuild {
  readonly name: string;
  /** Starts it; the action follows. */
  readonly argv: readonly [string, ...string[]];
  /** Why it is not here; undefined when it is. */
  readonly why: string | undefined;
}

const standalone = join(projectFolder, 'dist', 'docker-credential-regent');

/** The script for Node. */
export const scriptBuild: HelperBuild = {
  name: 'a script for Node',
  argv: [process.execPath, helperScript],
  why: undefined,
};

/** The executable that needs no Node. */
export const standaloneBuild: HelperBuild = {
  name: 'standalone',
  argv: [standalone],
  why: existsSync(standalone) ? undefined : 'the standalone credential helper was not built',
};

/** Both, for what must hold for both. */
export const helperBuilds: readonly HelperBuild[] = [scriptBuild, standaloneBuild];

/** A user of the helper: a home of its own, and a keychain by its bus. */
export interface HelperUser {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the real helper: `call('get', 'h:1')`. */
  call(action: string, input?: string, env?: NodeJS.ProcessEnv): Promise<Finished>;
}

/** Makes a user with an empty home; without a bus there is no keychain. */
export function makeHelperUser(
  bus: { readonly DBUS_SESSION_BUS_ADDRESS?: string },
  build: HelperBuild = scriptBuild,
): HelperUser {
  const home = mkdtempSync(join(labFolder, 'helper-home-'));
  const env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', ...bus };
  return { home, env, call: callerOf(build, env) };
}

/** Calls one build of the helper in an environment. */
export function callerOf({ argv }: HelperBuild, env: NodeJS.ProcessEnv): HelperUser['call'] {
  return (action, input = '', more = {}) =>
    run([...argv, action], { env: { ...env, ...more }, input });
}

/** A login as docker writes it to `store`. */
export function storeLine(ServerURL: string, Username: string, Secret: string): string {
  return `${JSON.stringify({ ServerURL, Username, Secret })}\n`;
}
