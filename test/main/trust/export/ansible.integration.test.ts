import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { describeUnless } from '../../../lab/describe-with-lab.ts';
import {
  run,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
  whyLabMissing,
} from '../../../lab/index.ts';
import {
  forgetTrust,
  pullWithEngine,
  pullWithPodman,
  settingsFolders,
  trustIn,
  writeExport,
} from './lab-export.ts';

const unknown = 'x509: certificate signed by unknown authority';
const snapshot = () => settingsFolders.map(snapshotTree);
const noAnsible = existsSync('/usr/bin/ansible-playbook')
  ? undefined
  : 'not installed: /usr/bin/ansible-playbook';

/** Plays the role on this machine. @returns what it counted, such as `changed: 0`, and all it said */
async function play(folder: string, ...args: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const argv = ['ansible-playbook', '-i', 'localhost,', '-c', 'local', 'playbook.yml', ...args];
  const env = {
    ...process.env,
    HOME: home,
    LC_ALL: 'C.UTF-8',
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_PIPELINING: '1',
  };
  const { stdout, stderr } = await run(argv, { cwd: folder, env });
  const count = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(stdout)?.[1]);
  return { changed: count('changed'), failed: count('failed'), said: stdout + stderr };
}

// A play takes seconds, and most tests are a handful of them.
vi.setConfig({ testTimeout: 300_000 });

const why = whyLabMissing(['engine', 'registry', 'podman', 'system-store']) ?? noAnsible;
const remove = ['-e', 'regent_trust_state=absent'];

describeUnless(why, 'the exported Ansible role', () => {
  beforeEach(forgetTrust);
  afterEach(forgetTrust);

  it('makes the engine and podman pull, once, and takes it back', async () => {
    const engine = await sharedEngine();
    const registry = await sharedRegistry('tls-open');
    const image = `${registry.address}/team/hello:1.0`;
    const { folder } = writeExport(trustIn(registry), 'ansible');
    const before = snapshot();
    expect(await pullWithEngine(engine, image)).toContain(unknown);

    const preview = await play(folder, '--check', '--diff');
    expect(preview.failed, preview.said).toBe(0);
    expect(preview.changed).toBeGreaterThan(0);
    expect(snapshot()).toEqual(before);

    const first = await play(folder);
    expect(first.failed, first.said).toBe(0);
    expect(await pullWithEngine(engine, image)).toBe('');
    expect(await pullWithPodman(image)).toBe('');
    const after = snapshot();
    expect(await play(folder)).toMatchObject({ changed: 0, failed: 0 });
    expect(snapshot()).toEqual(after);

    const back = await play(folder, ...remove);
    expect(back.failed, back.said).toBe(0);
    expect(snapshot()).toEqual(before);
    expect(await pullWithEngine(engine, image)).toContain(unknown);
    expect(await pullWithPodman(image)).toContain(unknown);
    expect(await play(folder, ...remove)).toMatchObject({ changed: 0, failed: 0 });
  });

  it.each([
    ['no daemon.json', undefined],
    ['a daemon.json', '{\n    "debug": false, "insecure-registries":["other.test:5000"]}'],
  ])('allows plain HTTP with %s, live, and puts the old bytes back', async (_, daemonJson) => {
    const engine = await sharedEngine();
    const registry = await sharedRegistry('plain');
    const image = `${registry.address}/team/hello:1.0`;
    if (daemonJson !== undefined) writeFileSync('/etc/docker/daemon.json', daemonJson);
    const { folder } = writeExport(trustIn(registry), 'ansible');
    const before = snapshot();
    expect(await pullWithEngine(engine, image)).not.toBe('');

    const first = await play(folder);
    expect(first.failed, first.said).toBe(0);
    await sleep(1000);
    expect(await pullWithEngine(engine, image)).toBe('');
    expect(await pullWithPodman(image)).toBe('');
    expect(await play(folder)).toMatchObject({ changed: 0, failed: 0 });

    const after = snapshot();
    expect((await play(folder, ...remove, '--check')).failed).toBe(0);
    expect(snapshot()).toEqual(after);
    const back = await play(folder, ...remove);
    expect(back.failed, back.said).toBe(0);
    expect(snapshot()).toEqual(before);
    expect(await pullWithEngine(engine, image)).not.toBe('');
  });

  it('serves only the engines it is told to, and the system if it is told to', async () => {
    const registry = await sharedRegistry('tls-open');
    const { folder } = writeExport(trustIn(registry), 'ansible');
    const url = `https://${registry.address}/v2/`;
    const asked = ['-e', 'regent_trust_docker=false', '-e', 'regent_trust_containerd=false'];
    const system = ['-e', 'regent_trust_system_store=true'];
    const { failed, said } = await play(folder, ...asked, ...system);
    expect(failed, said).toBe(0);
    expect(existsSync('/etc/docker/certs.d')).toBe(false);
    expect(existsSync(`/etc/containers/certs.d/${registry.address}`)).toBe(true);
    const curl = ['curl', '--silent', '--output', '/dev/null', url];
    expect((await run(curl)).status).toBe(0);
    expect(await play(folder, ...asked, ...system)).toMatchObject({ changed: 0 });
    await play(folder, ...system, ...remove);
    expect((await run(curl)).status).not.toBe(0);
  });

  it('refuses links, foreign files and settings it cannot read', async () => {
    const { address } = await sharedRegistry('tls-open');
    const { folder } = writeExport(trustIn(await sharedRegistry('tls-open')), 'ansible');
    symlinkSync(mkdtempSync(join(tmpdir(), 'elsewhere-')), '/etc/docker/certs.d');
    expect((await play(folder)).said).toContain('/etc/docker/certs.d is a symbolic link');
    rmSync('/etc/docker/certs.d');

    mkdirSync(`/etc/containerd/certs.d/${address}`, { recursive: true });
    writeFileSync(`/etc/containerd/certs.d/${address}/hosts.toml`, 'server = "https://m.test"\n');
    expect((await play(folder)).said).toContain('was written by somebody else');

    const plain = writeExport(trustIn(await sharedRegistry('plain')), 'ansible').folder;
    writeFileSync('/etc/docker/daemon.json', '{"debug": ');
    expect((await play(plain)).failed).toBe(1);
    expect(readFileSync('/etc/docker/daemon.json', 'utf8')).toBe('{"debug": ');
  });
});
