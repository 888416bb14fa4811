import { setTimeout as sleep } from 'node:timers/promises';
import type { LabDisplay } from './display.ts';
import type { LabKeychain } from './keychain.ts';
import { requireLab } from './lab-missing.ts';
import { run, runOrThrow, startDaemon } from './processes.ts';

/** The desktop's own dialog for a locked keychain, GNOME's gcr-prompter, and somebody in front of it. */
export interface UnlockDialog {
  /** Waits until it is open, which it is once some program wants a locked keychain, types into it and presses Return. */
  type(text: string): Promise<void>;
  /** Waits in the same way and closes it, as Escape does. */
  cancel(): Promise<void>;
  stop(): Promise<void>;
}

const service = 'org.gnome.keyring.SystemPrompter';

/** Starts the program that shows a keychain's dialogs on a display; it ends by itself some time after the last one. @throws LabMissing */
export async function startUnlockDialog(
  keychain: LabKeychain,
  display: LabDisplay,
): Promise<UnlockDialog> {
  requireLab('keychain', 'display', 'unlock-dialog');
  const env = { PATH: process.env.PATH, HOME: keychain.folder, ...keychain.env, ...display.env };
  const owner = [
    ...['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', '/'],
    ...['org.freedesktop.DBus.GetNameOwner', `string:${service}`],
  ];
  const prompter = await startDaemon('unlock-dialog', ['/usr/libexec/gcr-prompter'], {
    env,
    ready: async () => ((await run(owner, { env })).status === 0 ? true : undefined),
  });
  const press = (...args: readonly string[]) => runOrThrow(['xdotool', ...args], { env });
  const find = async () => {
    const name = ['search', '--onlyvisible', '--name', '^Unlock'];
    return (await run(['xdotool', ...name], { env })).stdout.trim().split('\n')[0] ?? '';
  };
  const focus = async () => {
    for (let tries = 0; tries < 500; tries += 1) {
      const dialog = await find();
      if (dialog !== '') return press('windowfocus', '--sync', dialog);
      await sleep(20);
    }
    throw new Error('The keychain opened no dialog.');
  };
  return {
    type: async (text) => {
      await focus();
      await press('type', '--delay', '20', text);
      await press('key', 'Return');
    },
    cancel: async () => {
      await focus();
      await press('key', 'Escape');
    },
    stop: prompter.stop,
  };
}
