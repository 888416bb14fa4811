import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { requireLab } from './lab-missing.ts';
import { socketAnswers } from './port-answers.ts';
import { run, startDaemon } from './processes.ts';
import { readIfThere } from './read-if-there.ts';
import { share } from './share.ts';
import { createUser, type LabUser } from './users.ts';

const busSocket = '/run/dbus/system_bus_socket';

/** polkit(8): rules are JavaScript; this one stands for a person who types the password. */
const ruleFor = (user: LabUser) => `polkit.addRule(function (action, subject) {
  if (action.id === 'org.freedesktop.policykit.exec' && subject.user === '${user.name}') {
    return polkit.Result.YES;
  }
});
`;

async function startSystemBus(): Promise<void> {
  if (existsSync(busSocket)) return;
  mkdirSync('/run/dbus', { recursive: true });
  const argv = ['dbus-daemon', '--system', '--nofork', '--nopidfile', '--nosyslog'];
  await startDaemon('system-bus', argv, {
    outliving: true,
    ready: () => socketAnswers(busSocket),
  });
}

/**
 * Starts a system bus and polkitd in the sandbox, with one rule: the lab's user may run anything as root through
 * `pkexec` without being asked. Once per sandbox; everything ends with it. @throws LabMissing
 */
export async function startPolkit(): Promise<LabUser> {
  requireLab('polkit');
  const user = await createUser();
  await share('polkit', async () => {
    writeFileSync('/etc/polkit-1/rules.d/10-regent-lab.rules', ruleFor(user));
    await startSystemBus();
    const { pid } = await startDaemon('polkitd', ['/usr/lib/polkit-1/polkitd', '--no-debug'], {
      outliving: true,
      ready: async () => {
        const asked = await run([
          ...['dbus-send', '--system', '--print-reply', '--dest=org.freedesktop.DBus', '/'],
          ...['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.PolicyKit1'],
        ]);
        return asked.stdout.includes('boolean true') ? true : undefined;
      },
    });
    return { pid };
  });
  return user;
}

/** Lets the lab's user run anything as root through `sudo` without a password: the second way up. @throws LabMissing */
export async function allowSudo(): Promise<LabUser> {
  requireLab('sudo');
  const user = await createUser();
  const path = '/etc/sudoers.d/regent-lab';
  if (readIfThere(path) === undefined) {
    writeFileSync(path, `${user.name} ALL=(ALL:ALL) NOPASSWD: ALL\n`);
    chmodSync(path, 0o440);
  }
  return user;
}
