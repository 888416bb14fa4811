import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConsumerId } from '../../../../shared/model/consumer.ts';
import {
  describeWithLab,
  issueAuthority,
  run,
  runOrThrow,
  type SharedRegistry,
  sharedRegistry,
  snapshotTree,
} from '../../../lab/index.ts';
import { type LabMachine, openLabMachine } from '../matrix/lab-machine.ts';

const source = 'main/trust/uninstall/after-remove.sh';
const consumers: readonly ConsumerId[] = [
  ...(['docker-engine', 'podman-root', 'containerd', 'buildkit', 'k3s', 'system'] as const),
];
/** What Regent may write into as root. */
const folders = ['docker', 'containers', 'containerd', 'buildkit', 'rancher'].map(
  (name) => `/etc/${name}`,
);
const places = [
  ...folders,
  ...['/usr/local/share/ca-certificates', '/etc/ssl/certs/ca-certificates.crt'],
];

let registry: SharedRegistry;
let machine: LabMachine;
let kept: string;

/** The script as a package has it, with electron-builder's names filled in. */
async function afterRemove(argument: string) {
  const path = join(mkdtempSync(join(tmpdir(), 'package-')), 'postrm');
  const names = { executable: 'regent', sanitizedProductName: 'Regent' };
  const text = readFileSync(source, 'utf8').replaceAll(
    /\$\{([a-zA-Z]+)\}/g,
    (_, name: keyof typeof names) => names[name],
  );
  writeFileSync(path, text);
  return run(['sh', path, argument]);
}

/** Other tests need what the sandbox has there. @returns where it is meanwhile */
async function putAway(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  for (const place of folders) {
    if (existsSync(place)) await runOrThrow(['mv', place, join(folder, basename(place))]);
  }
  return folder;
}

async function bringBack(folder: string): Promise<void> {
  for (const place of folders) {
    rmSync(place, { recursive: true, force: true });
    const old = join(folder, basename(place));
    if (existsSync(old)) await runOrThrow(['mv', old, place]);
  }
}

const leftAlone = (path: string) =>
  `Regent: left as it is, since it holds more than Regent's own lines: ${path}\n`;
const all = () => places.flatMap((place) => [place, ...snapshotTree(place)]);
const write = (path: string, text: string) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
};

describeWithLab('removing the package', ['registry', 'buildkit', 'system-store'], () => {
  beforeEach(async () => {
    registry = await sharedRegistry('tls-open');
    kept = await putAway();
    // What other people have there.
    write('/etc/docker/certs.d/other.test/ca.crt', issueAuthority().certPem);
    write('/etc/docker/daemon.json', '{ "log-level": "warn" }\n');
    write(`/etc/containers/certs.d/${registry.address}/mine.crt`, issueAuthority().certPem);
    write('/etc/containerd/config.toml', 'version = 2\n\n[grpc]\n  address = "/run/x.sock"\n');
    mkdirSync('/etc/containerd/certs.d/empty.test', { recursive: true });
    write('/etc/buildkit/buildkitd.toml', 'debug = true');
    write(
      '/etc/rancher/k3s/registries.yaml',
      'mirrors:\n  docker.io:\n    endpoint: [https://m.test]\n',
    );
    mkdirSync('/var/lib/containers/storage', { recursive: true });
    machine = await openLabMachine();
  });
  afterEach(async () => {
    await machine.trust.revoke({});
    await bringBack(kept);
  });

  it('leaves nothing of what Regent wrote for all of the machine, and everything of others', async () => {
    const before = all();
    await machine.trustFor(registry, consumers);
    const trusted = all();
    expect(trusted).not.toEqual(before);
    expect(await afterRemove('upgrade')).toMatchObject({ status: 0, stderr: '' });
    expect(all()).toEqual(trusted);

    const removed = await afterRemove('remove');
    expect(removed).toMatchObject({ status: 0, stderr: '' });
    expect(all()).toEqual(before);
    expect(await afterRemove('purge')).toMatchObject({ status: 0, stderr: '' });
    expect(all()).toEqual(before);
  });

  it('leaves no settings file, folder or key where there was none', async () => {
    for (const place of folders) rmSync(place, { recursive: true });
    mkdirSync('/etc/containerd/certs.d', { recursive: true });
    mkdirSync('/etc/rancher/k3s', { recursive: true });
    const before = all();
    const mine = issueAuthority();
    const [certificate, key] = [join(machine.home, 'me.crt'), join(machine.home, 'me.key')];
    writeFileSync(certificate, mine.certPem);
    writeFileSync(key, mine.keyPem, { mode: 0o600 });
    const { address, caPem, caSha256 } = registry;
    const plan = await machine.trust.plan({
      ...{ address, pem: caPem, sha256: caSha256, consumers: [...consumers] },
      client: { certificate, key },
    });
    await machine.trust.apply(plan.planId);
    expect(readdirSync(`/etc/containerd/certs.d/${address}`)).toHaveLength(4);
    expect(await afterRemove('0')).toMatchObject({ status: 0, stderr: '' });
    // Folders that were made on the way to them are as good as none.
    const isFile = (line: string) => !line.startsWith('folder') && line !== 'absent';
    expect(all().filter(isFile)).toEqual(before.filter(isFile));
    expect(all().filter((line) => line.includes(address))).toEqual([]);
  });

  it('takes plain HTTP for Podman back, and names Docker’s settings, which it can’t', async () => {
    const plain = await sharedRegistry('plain');
    const before = snapshotTree('/etc/containers');
    await machine.trustFor(plain, ['docker-engine', 'podman-root']);
    const { status, stderr } = await afterRemove('remove');
    expect([status, stderr]).toEqual([0, leftAlone('/etc/docker/daemon.json')]);
    expect(snapshotTree('/etc/containers').filter((line) => line.includes('regent'))).toEqual([]);
    expect(before.every((line) => snapshotTree('/etc/containers').includes(line))).toBe(true);
    expect(readFileSync('/etc/docker/daemon.json', 'utf8')).toContain(plain.address);
  });

  it('gives what was put aside its name back, unless that is taken', async () => {
    const folder = `/etc/docker/certs.d/${registry.address}`;
    write(`${folder}/ca.pem`, registry.caPem);
    const before = snapshotTree('/etc/docker');
    const mend = async () => {
      const [mess] = await machine.trust.messes(registry.address);
      const plan = await machine.trust.planMend(mess?.id ?? '');
      await machine.trust.apply(plan.planId);
    };
    await mend();
    expect(readdirSync(folder)).toContain('ca.pem.set-aside-by-regent');
    expect(await afterRemove('remove')).toMatchObject({ status: 0, stderr: '' });
    expect(snapshotTree('/etc/docker')).toEqual(before);

    await mend();
    writeFileSync(`${folder}/ca.pem`, 'another one');
    const aside = `${folder}/ca.pem.set-aside-by-regent`;
    expect(await afterRemove('remove')).toMatchObject({ status: 0, stderr: leftAlone(aside) });
    expect(readFileSync(`${folder}/ca.pem`, 'utf8')).toBe('another one');
  });

  it('leaves what others have changed since, with the certificates that it names, and says so', async () => {
    // The system's list has no settings that others change, and takes its time.
    await machine.trustFor(registry, consumers.slice(0, -1));
    const { address, caSha256 } = registry;
    const own = `regent-${caSha256.slice(0, 16)}.crt`;
    appendFileSync('/etc/buildkit/buildkitd.toml', '\ntrace = true\n');
    appendFileSync(`/etc/containerd/certs.d/${address}/hosts.toml`, 'skip_verify = true\n');
    appendFileSync(`/etc/docker/certs.d/${address}/${own}`, issueAuthority().certPem);
    const changed = ['/etc/buildkit', `/etc/containerd/certs.d/${address}`, '/etc/docker'];
    const before = changed.map(snapshotTree);
    const { status, stderr } = await afterRemove('remove');
    expect(status).toBe(0);
    expect(stderr).toBe(
      leftAlone('/etc/buildkit/buildkitd.toml') +
        leftAlone(`/etc/containerd/certs.d/${address}/hosts.toml`),
    );
    expect(changed.map(snapshotTree)).toEqual(before);
    expect(readdirSync('/etc/rancher/k3s')).toEqual(['registries.yaml']);
    expect(readdirSync(`/etc/containers/certs.d/${address}`)).toEqual(['mine.crt']);
  });

  it('touches nothing that only has such a name, and follows no link', async () => {
    const folder = `/etc/docker/certs.d/${registry.address}`;
    const { certPem, sha256 } = issueAuthority();
    const name = `regent-${sha256.slice(0, 16)}`;
    write(`${folder}/regent-0123456789abcdef.crt`, certPem);
    write(`${folder}/regent-0123456789abcdef.key`, 'somebody’s');
    write(`${folder}/${name}.crt`, `# mine\n${certPem}`);
    write('/etc/containers/registries.conf.d/regent-mine.conf', '# Written by Regent\n');
    write(`/srv/elsewhere/${name}.crt`, certPem);
    symlinkSync('/srv/elsewhere', '/etc/docker/certs.d/linked.test');
    write(`/etc/docker/certs.d/open.test/${name}.crt`, certPem);
    chmodSync('/etc/docker/certs.d/open.test', 0o777);
    symlinkSync(`/srv/elsewhere/${name}.crt`, `${folder}/${name}.cert`);
    const before = [...all(), ...snapshotTree('/srv/elsewhere')];
    expect(await afterRemove('remove')).toMatchObject({ status: 0, stderr: '' });
    expect([...all(), ...snapshotTree('/srv/elsewhere')]).toEqual(before);
    rmSync('/srv/elsewhere', { recursive: true });
  });
});
