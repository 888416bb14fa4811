import { findOnPath } from '../../platform/find-on-path.ts';
import { runProcess } from '../../platform/run-process.ts';

/** How the default collection of the Secret Service is: `absent` also without a service or a session bus. */
export type KeyringState = 'unlocked' | 'locked' | 'absent' | 'unknown';

const COLLECTION = '/org/freedesktop/secrets/aliases/default';
const SERVICE = 'org.freedesktop.secrets';
const INTERFACE = 'org.freedesktop.Secret.Collection';

/** Programs that can read a property on the session bus; one of them is on nearly every Linux with a keyring. */
const askers = [
  {
    name: 'busctl',
    args: ['--user', 'get-property', SERVICE, COLLECTION, INTERFACE, 'Locked'],
  },
  {
    name: 'dbus-send',
    args: [
      ...['--session', '--print-reply', `--dest=${SERVICE}`, COLLECTION],
      ...['org.freedesktop.DBus.Properties.Get', `string:${INTERFACE}`, 'string:Locked'],
    ],
  },
] as const;

/**
 * Asks whether the keyring is locked, without opening a dialog: the `Locked` property of the default collection
 * (Secret Service API, freedesktop.org). keytar itself answers "absent" for what is only locked.
 */
export async function readKeyringState(env: NodeJS.ProcessEnv): Promise<KeyringState> {
  for (const { name, args } of askers) {
    const program = await findOnPath(name, env.PATH ?? '');
    if (program === undefined) continue;
    const { status, stdout } = await runProcess(program, args, { env, timeoutMs: 2000 });
    if (status !== 0) return status === null ? 'unknown' : 'absent';
    const value = /\b(true|false)\s*$/.exec(stdout)?.[1];
    if (value !== undefined) return value === 'true' ? 'locked' : 'unlocked';
  }
  return 'unknown';
}
