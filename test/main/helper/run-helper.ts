import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../main/build/project.mjs';
import { type Finished, labFolder, run } from '../../lab/index.ts';

/** The built helper, as docker starts it in development. */
export const helperScript = join(projectFolder, 'dist', 'docker-credential-regent.mjs');

/** A user of the helper: a home of its own, and a keychain by its bus. */
export interface HelperUser {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the real helper: `call('get', 'h:1')`. */
  call(action: string, input?: string, env?: NodeJS.ProcessEnv): Promise<Finished>;
}

/** Makes a user with an empty home; without a bus there is no keychain. */
export function makeHelperUser(bus: { readonly DBUS_SESSION_BUS_ADDRESS?: string }): HelperUser {
  const home = mkdtempSync(join(labFolder, 'helper-home-'));
  const env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8', ...bus };
  const call: HelperUser['call'] = (action, input = '', more = {}) =>
    run([process.execPath, helperScript, action], { env: { ...env, ...more }, input });
  return { home, env, call };
}

/** A login as docker writes it to `store`. */
export function storeLine(ServerURL: string, Username: string, Secret: string): string {
  return `${JSON.stringify({ ServerURL, Username, Secret })}\n`;
}
