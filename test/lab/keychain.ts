import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireLab } from './lab-missing.ts';
import { socketAnswers } from './port-answers.ts';
import { labFolder, run, runOrThrow, startDaemon } from './processes.ts';
import { asUser, type LabUser } from './users.ts';

/** A real OS keychain: gnome-keyring on a session bus of its own. */
export interface LabKeychain {
  /** Hand this to a program (or put it into process.env) and it uses this keychain. */
  readonly env: { readonly DBUS_SESSION_BUS_ADDRESS: string };
  /** The keychain's files are below this folder, for tests that look for secrets. */
  readonly folder: string;
  /** What unlocks it, for whoever answers its dialog. */
  readonly password: string;
  /** Locks it: reading and writing then fail, as nobody is there to type the password. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  /** Lets its program answer nobody any more, until `wake`. */
  hang(): void;
  wake(): void;
  stop(): Promise<void>;
}

/** What can be chosen about a keychain. */
export interface KeychainOptions {
  /** Whose keychain it is (a session bus lets nobody else in); root by default. */
  readonly user?: LabUser;
  /** Lives until the sandbox ends. */
  readonly outliving?: boolean;
}

const secrets = 'org.freedesktop.secrets';

/** dbus-daemon(1): a session bus that starts no services by itself, as a second keyring would be one. */
const busConfig = (address: string) => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** Starts an empty, unlocked keychain. @throws LabMissing */
export async function startKeychain(options: KeychainOptions = {}): Promise<LabKeychain> {
  requireLab('keychain');
  mkdirSync(labFolder, { recursive: true });
  const folder = mkdtempSync(join(labFolder, 'keychain-'));
  const { user } = options;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const as = (argv: readonly string[]) => (user === undefined ? argv : asUser(user, argv));
  const socket = join(folder, 'bus');
  const address = `unix:path=${socket}`;
  const password = randomBytes(12).toString('hex');
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: folder,
    DBUS_SESSION_BUS_ADDRESS: address,
  };
  const outliving = options.outliving === true;
  const config = join(folder, 'bus.conf');
  writeFileSync(config, busConfig(address));
  const bus = await startDaemon(
    'session-bus',
    as(['dbus-daemon', `--config-file=${config}`, '--nofork', '--nopidfile']),
    { env, outliving, ready: () => socketAnswers(socket) },
  );
  const call = (path: string, method: string, ...args: readonly string[]) =>
    run(
      as(['dbus-send', '--session', '--print-reply', `--dest=${secrets}`, path, method, ...args]),
      { env },
    );
  const collection = '/org/freedesktop/secrets/aliases/default';
  const isUnlocked = async () => {
    const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked'];
    const asked = await call(collection, 'org.freedesktop.DBus.Properties.Get', ...property);
    return asked.stdout.includes('boolean false') ? true : undefined;
  };
  const keyring = await startDaemon(
    'gnome-keyring',
    as(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets']),
    { env, input: password, outliving, ready: isUnlocked },
  );
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address },
    folder,
    password,
    lock: async () => {
      const service = '/org/freedesktop/secrets';
      await call(service, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`);
      if ((await isUnlocked()) === true) throw new Error('The keychain did not lock.');
    },
    unlock: async () => {
      const script = fileURLToPath(new URL('unlock-keyring.mjs', import.meta.url));
      const control = join(folder, 'keyring', 'control');
      await runOrThrow(as([process.execPath, script, control]), { input: password });
      if ((await isUnlocked()) !== true) throw new Error('The keychain did not unlock.');
    },
    hang: () => process.kill(keyring.pid, 'SIGSTOP'),
    wake: () => process.kill(keyring.pid, 'SIGCONT'),
    stop: async () => {
      await keyring.stop();
      await bus.stop();
    },
  };
}
