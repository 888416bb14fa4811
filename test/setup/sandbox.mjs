import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { projectFolder } from '../../main/build/project.mjs';
import { rootPrefix } from './system-packages.mjs';

const init = fileURLToPath(new URL('sandbox-init.sh', import.meta.url));
const nameServer = fileURLToPath(new URL('no-such-name.mjs', import.meta.url));

const isRoot = () => process.getuid?.() === 0;

/** Variables that `sudo` changes although it is asked to keep the environment. */
const keptThroughSudo = ['PATH', 'HOME'];

/**
 * Whether the sandbox needs a lifeline: the kernel's own signal does not pass through sudo, so there the sandbox
 * watches its stdin, which ends when its starter does.
 * @returns {boolean}
 */
export const needsLifeline = () => !isRoot();

/**
 * The command line that runs `argv` in a private sandbox made by the kernel: its own mounts, network, processes,
 * shared memory and host name. Two sandboxes never meet, nothing of the machine's /etc, /run, /var, /home … is
 * changed, and when the starter dies, even by SIGKILL, the kernel ends all processes in it and drops its mounts and
 * networks: setpriv hands the death of the parent on to unshare, unshare hands its own on to PID 1, and with PID 1 all
 * go. Only the project folder is shared with the machine. Inside, REGENT_LAB=1. Needs root, or `sudo -n`.
 * @param {readonly string[]} argv command and arguments
 * @param {boolean} [lifeline] stdin is a lifeline, not input: its end is the end of the sandbox
 * @returns {string[]}
 */
export function inSandbox(argv, lifeline = false) {
  const kept = keptThroughSudo.map((name) => `${name}=${process.env[name] ?? ''}`);
  const asRoot = isRoot()
    ? ['setpriv', '--pdeathsig', 'KILL']
    : ['sudo', '-n', '--preserve-env', 'env', ...kept];
  const watch = lifeline ? ['REGENT_LAB_LIFELINE=1'] : [];
  return [
    ...asRoot,
    ...['unshare', '--mount', '--net', '--pid', '--ipc', '--uts', '--propagation', 'private'],
    ...['--fork', '--kill-child=KILL', '--mount-proc'],
    ...['env', `REGENT_LAB_NODE=${process.execPath}`, `REGENT_LAB_NAME_SERVER=${nameServer}`],
    ...watch,
    ...['bash', init, projectFolder, ...argv],
  ];
}

/**
 * Why no sandbox can be made here, in words for the person at the terminal; undefined when it can.
 * @returns {string | undefined}
 */
export function whyNoSandbox() {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (rootPrefix() === undefined) return 'it needs root, or sudo that does not ask (sudo -n)';
  for (const tool of ['/usr/bin/setpriv', '/usr/bin/unshare', '/usr/sbin/ip', '/bin/bash']) {
    if (!existsSync(tool)) return `${tool} is not installed`;
  }
  const [command = '', ...args] = inSandbox(['/bin/true']);
  const tried = spawnSync(command, args, { encoding: 'utf8' });
  return tried.status === 0 ? undefined : `the kernel refused a sandbox: ${tried.stderr.trim()}`;
}
