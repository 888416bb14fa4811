import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildkitFolder } from '../setup/buildkit.mjs';
import { composePlugin } from '../setup/compose-plugin.mjs';
import { newerEngineFolder } from '../setup/newer-engine.mjs';

/**
 * Thrown by every `start…` of the lab when a real part cannot be had here.
 * The message names what is missing and how to get it; see `describeWithLab` for what tests do then.
 */
export class LabMissing extends Error {
  override readonly name = 'LabMissing';
}

/** Real parts that a test can ask for, beyond the sandbox itself. */
export type LabPart =
  | 'engine'
  | 'newer-engine'
  | 'rootless-engine'
  | 'podman'
  | 'containerd'
  | 'buildkit'
  | 'buildx'
  | 'compose'
  | 'system-store'
  | 'registry'
  | 'nginx'
  | 'keychain'
  | 'display'
  | 'unlock-dialog'
  | 'polkit'
  | 'sudo'
  | 'busybox'
  | 'age';

const programs: Readonly<Record<LabPart, readonly string[]>> = {
  engine: ['/usr/sbin/dockerd'],
  'newer-engine': ['dockerd', 'containerd'].map((name) => join(newerEngineFolder, name)),
  'rootless-engine': [
    ...['/usr/sbin/dockerd', '/usr/share/docker.io/contrib/dockerd-rootless.sh'],
    ...['/usr/bin/rootlesskit', '/usr/bin/slirp4netns', '/usr/bin/newuidmap', '/dev/net/tun'],
  ],
  podman: ['/usr/bin/podman', '/usr/bin/skopeo', '/usr/bin/newuidmap'],
  containerd: ['/usr/bin/containerd', '/usr/bin/ctr'],
  buildx: [join(newerEngineFolder, 'docker-buildx'), '/usr/bin/busybox', '/usr/sbin/runc'],
  compose: ['/usr/bin/docker-compose', composePlugin],
  buildkit: ['buildkitd', 'buildctl'].map((name) => join(buildkitFolder, name)),
  'system-store': ['/usr/sbin/update-ca-certificates', '/usr/bin/curl', '/usr/bin/openssl'],
  registry: ['/usr/bin/docker-registry', '/usr/bin/htpasswd'],
  nginx: ['/usr/sbin/nginx'],
  keychain: ['/usr/bin/gnome-keyring-daemon', '/usr/bin/dbus-daemon', '/usr/bin/secret-tool'],
  display: ['/usr/bin/Xvfb'],
  'unlock-dialog': ['/usr/libexec/gcr-prompter', '/usr/bin/xdotool'],
  polkit: ['/usr/lib/polkit-1/polkitd', '/usr/bin/pkexec', '/usr/bin/dbus-daemon'],
  sudo: ['/usr/bin/sudo'],
  busybox: ['/usr/bin/busybox'],
  age: ['/usr/bin/age', '/usr/bin/age-keygen'],
};

/** Why these parts cannot be started here, one clear line; undefined when they can. */
export function whyLabMissing(parts: readonly LabPart[] = []): string | undefined {
  if (process.env.REGENT_LAB !== '1') {
    return 'it needs the lab, which `npm test` sets up on Linux';
  }
  const absent = parts.flatMap((part) => programs[part].filter((path) => !existsSync(path)));
  return absent.length === 0 ? undefined : `not installed: ${absent.join(' ')}`;
}

/** Does nothing where these parts can be started. @throws LabMissing naming what is not there. */
export function requireLab(...parts: readonly LabPart[]): void {
  const why = whyLabMissing(parts);
  if (why !== undefined) throw new LabMissing(why);
}
