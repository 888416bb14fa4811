import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Debian packages that the checks and the lab need, each with the path that proves it is there.
 * The path is looked at instead of dpkg's database so that a part installed in another way counts too.
 * @type {ReadonlyArray<readonly [name: string, proof: string]>}
 */
const systemPackages = [
  ['docker.io', '/usr/sbin/dockerd'],
  ['containerd', '/usr/bin/containerd'],
  ['rootlesskit', '/usr/bin/rootlesskit'],
  ['slirp4netns', '/usr/bin/slirp4netns'],
  ['uidmap', '/usr/bin/newuidmap'],
  ['podman', '/usr/bin/podman'],
  ['docker-registry', '/usr/bin/docker-registry'],
  ['nginx', '/usr/sbin/nginx'],
  ['apache2-utils', '/usr/bin/htpasswd'],
  ['gnome-keyring', '/usr/bin/gnome-keyring-daemon'],
  ['dbus', '/usr/bin/dbus-daemon'],
  ['libsecret-1-0', '/usr/lib/*/libsecret-1.so.0'],
  ['libsecret-tools', '/usr/bin/secret-tool'],
  ['xvfb', '/usr/bin/Xvfb'],
  ['xauth', '/usr/bin/xauth'],
  ['skopeo', '/usr/bin/skopeo'],
  ['x11-utils', '/usr/bin/xwininfo'],
  ['gcr', '/usr/libexec/gcr-prompter'],
  ['xdotool', '/usr/bin/xdotool'],
  ['docker-compose', '/usr/bin/docker-compose'],
  ['chromium', '/usr/bin/chromium'],
  ['libgtk-3-0', '/usr/lib/*/libgtk-3.so.0'],
  ['libnss3', '/usr/lib/*/libnss3.so'],
  ['libasound2', '/usr/lib/*/libasound.so.2'],
  ['libgbm1', '/usr/lib/*/libgbm.so.1'],
  ['busybox-static', '/usr/share/doc/busybox-static'],
  ['iproute2', '/usr/sbin/ip'],
  ['iptables', '/usr/sbin/iptables'],
  ['openssl', '/usr/bin/openssl'],
  ['ca-certificates', '/usr/sbin/update-ca-certificates'],
  ['curl', '/usr/bin/curl'],
  ['ansible-core', '/usr/bin/ansible-playbook'],
  ['polkitd', '/usr/lib/polkit-1/polkitd'],
  ['pkexec', '/usr/bin/pkexec'],
  ['sudo', '/usr/bin/sudo'],
  ['age', '/usr/bin/age'],
  ['procps', '/usr/bin/ps'],
  ['util-linux', '/usr/bin/unshare'],
  ['fonts-dejavu-core', '/usr/share/fonts/truetype/dejavu'],
  ['fonts-noto-cjk', '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'],
];

/** Library folder of this machine's architecture, as Debian names it. */
const multiarch = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/** Names of the packages that are not there yet. @returns {string[]} */
function missingSystemPackages() {
  return systemPackages
    .filter(([, proof]) => !existsSync(proof.replace('*', multiarch)))
    .map(([name]) => name);
}

/** How a command becomes root here: nothing to add, `sudo -n`, or not at all (undefined). @returns {string[] | undefined} */
export function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? ['sudo', '-n']
    : undefined;
}

/**
 * Runs apt-get quietly as root; what it said is shown only when it failed.
 * @param {readonly string[]} prefix @param {readonly string[]} args @returns {boolean} whether it worked
 */
function aptGet(prefix, args) {
  const options = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3', '-qq'];
  // `env`, because sudo drops variables. RUNLEVEL=1 keeps Debian's invoke-rc.d from starting the packages'
  // services; under systemd they may start, which the lab neither needs nor minds.
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];
  const [command = 'env', ...rest] = [...prefix, ...env, 'apt-get', ...options, ...args];
  const result = spawnSync(command, rest, { encoding: 'utf8', maxBuffer: 64 << 20 });
  if (result.status === 0) return true;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  return false;
}

/**
 * Installs the missing packages where that is possible (Debian's apt-get, and root or `sudo -n`).
 * Never throws: what stays missing is returned, to be said loudly.
 * @returns {string[]} the packages still missing
 */
export function ensureSystemPackages() {
  if (process.platform !== 'linux') return [];
  const missing = missingSystemPackages();
  if (missing.length === 0) return [];
  const prefix = rootPrefix();
  if (prefix === undefined || !existsSync('/usr/bin/apt-get')) return missing;
  console.log(`Installing Debian packages: ${missing.join(' ')}`);
  // A stale list names files the mirror no longer has; a failed update may still leave a usable one.
  aptGet(prefix, ['update']);
  const install = ['install', '-y', '--no-install-recommends'];
  if (!aptGet(prefix, [...install, ...missing])) {
    // One name this release does not know stops them all; alone, each gets its chance.
    for (const name of missing) aptGet(prefix, [...install, name]);
  }
  return missingSystemPackages();
}
