import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabEngine,
  run,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
} from '../../../lab/index.ts';
import {
  forgetTrust,
  hiding,
  pullWithEngine,
  pullWithPodman,
  settingsFolders,
  trustIn,
  writeExport,
} from './lab-export.ts';

const unknown = 'x509: certificate signed by unknown authority';
const snapshot = () => settingsFolders.map(snapshotTree);
const shells = [['dash'], ['bash', '--posix'], ['busybox', 'sh']];

describeWithLab('the exported shell script', ['engine', 'registry', 'busybox'], () => {
  let registry: SharedRegistry;
  let engine: LabEngine;
  let script: string;
  let before: unknown;

  beforeAll(async () => {
    registry = await sharedRegistry('tls-open');
    engine = await sharedEngine();
  });
  beforeEach(() => {
    forgetTrust();
    before = snapshot();
    script = writeExport(trustIn(registry), 'shell').paths[0] ?? '';
  });
  afterEach(forgetTrust);

  it.each(shells)('makes the engine pull and takes it back, run by %s', async (...shell) => {
    const image = `${registry.address}/team/hello:1.0`;
    const argv = [...shell, script];
    expect(await pullWithEngine(engine, image)).toContain(unknown);

    const preview = await run([...argv, '--dry-run']);
    expect(preview).toMatchObject({ status: 0, stderr: '' });
    expect(preview.stdout).toContain(`/etc/docker/certs.d/${registry.address}/regent-`);
    expect(snapshot()).toEqual(before);

    expect(await run(argv)).toMatchObject({ status: 0, stderr: '' });
    expect(await pullWithEngine(engine, image)).toBe('');
    const after = snapshot();
    expect(await run(argv)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Nothing had to be changed.'),
    });
    expect(snapshot()).toEqual(after);

    expect(await run([...argv, '--remove', '--dry-run'])).toMatchObject({ status: 0 });
    expect(snapshot()).toEqual(after);
    expect(await run([...argv, '--remove'])).toMatchObject({ status: 0, stderr: '' });
    expect(snapshot()).toEqual(before);
    expect(await pullWithEngine(engine, image)).toContain(unknown);
    expect(await run([...argv, '--remove'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('makes docker login reach the password', async () => {
    const other = await sharedRegistry('tls-login');
    const [path = ''] = writeExport(trustIn(other), 'shell').paths;
    const signIn = async () => {
      const args = ['login', '--username', other.username, '--password-stdin', other.address];
      const env = { HOME: mkdtempSync(join(tmpdir(), 'home-')) };
      const { stdout, stderr } = await engine.docker(args, { env, input: other.password });
      return stdout + stderr;
    };
    expect(await signIn()).toContain(unknown);
    await run(['sh', path]);
    expect(await signIn()).toContain('Login Succeeded');
    await run(['sh', path, '--remove']);
    expect(await signIn()).toContain(unknown);
  });

  it.each(['/etc/docker/certs.d', '/etc/containers/certs.d', '/etc/containerd/certs.d'])(
    'refuses a symbolic link at %s, before anything is changed',
    async (place) => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
      symlinkSync(elsewhere, place);
      const linked = snapshot();
      expect(await run(['sh', script])).toMatchObject({
        status: 1,
        stderr: `Refused: ${place} is a symbolic link.\n`,
      });
      expect(snapshot()).toEqual(linked);
      expect(snapshotTree(elsewhere)).toHaveLength(1);
    },
  );

  it('refuses a folder that others may write to', async () => {
    mkdirSync('/etc/docker/certs.d');
    await run(['chmod', 'g+w', '/etc/docker/certs.d']);
    const { status, stderr } = await run(['sh', script]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'Refused: /etc/docker/certs.d does not belong to root alone.\n',
    });
  });

  it.each([
    ['openssl', ['nothing-else']],
    ['sha256sum', ['openssl']],
  ])('refuses a certificate that was changed on the way, as %s sees', async (_, hidden) => {
    const text = readFileSync(script, 'utf8');
    const damaged = text.replace(/\n(MII\S{20})(.)/, (_, start, letter) =>
      letter === 'A' ? `\n${start}B` : `\n${start}A`,
    );
    writeFileSync(script, damaged);
    const { status, stderr } = await run(['sh', '-c', hiding(hidden), 'sh', script]);
    expect(status).toBe(1);
    expect(stderr).toContain('is damaged: its SHA-256 is ');
    expect(snapshot()).toEqual(before);
  });

  it('leaves what belongs to others', async () => {
    const folder = `/etc/containerd/certs.d/${registry.address}`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/hosts.toml`, 'server = "https://mirror.test"\n');
    mkdirSync(`/etc/docker/certs.d/${registry.address}`, { recursive: true });
    writeFileSync(`/etc/docker/certs.d/${registry.address}/notes.txt`, 'mine');
    const theirs = snapshot();
    const { status, stderr } = await run(['sh', script]);
    expect(status).toBe(1);
    expect(stderr).toContain(`${folder}/hosts.toml was written by somebody else. It needs: server`);
    expect(await pullWithEngine(engine, `${registry.address}/team/hello:1.0`)).toBe('');
    await run(['sh', script, '--remove']);
    expect(snapshot()).toEqual(theirs);
  });

  it('knows its arguments, and that it needs root', async () => {
    expect(await run(['sh', script, '--undo'])).toMatchObject({ status: 2 });
    const { stdout } = await run(['sh', script, '--help']);
    expect(stdout).toContain('--remove');
    const nobody = ['setpriv', '--reuid', '65534', '--clear-groups', '--'];
    const { status, stderr } = await run([...nobody, 'sh', '-s'], {
      input: readFileSync(script, 'utf8'),
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'Please run this as root.\n' });
  });
});

describeWithLab('the exported shell script and podman', ['registry', 'podman'], () => {
  afterEach(forgetTrust);

  it.each(['tls-open', 'plain'] as const)('makes podman pull from %s', async (variant) => {
    const registry = await sharedRegistry(variant);
    const image = `${registry.address}/team/hello:1.0`;
    const [script = ''] = writeExport(trustIn(registry), 'shell').paths;
    const before = snapshot();
    expect(await pullWithPodman(image)).toMatch(/unknown authority|HTTP response to HTTPS/);
    await run(['sh', script]);
    expect(await pullWithPodman(image)).toBe('');
    expect(await run(['sh', script, '--remove'])).toMatchObject({ status: 0, stderr: '' });
    expect(snapshot()).toEqual(before);
    expect(await pullWithPodman(image)).toMatch(/unknown authority|HTTP response to HTTPS/);
  });
});
