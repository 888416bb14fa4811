import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithLab } from './describe-with-lab.ts';
import { type LabEngine, sharedEngine, startEngine } from './engine.ts';
import { run } from './processes.ts';
import type { RegistryVariant } from './registry-facts.ts';
import { type SharedRegistry, sharedRegistry } from './shared-registry.ts';
import { snapshotTree } from './snapshot-tree.ts';

describeWithLab('the lab engine', ['engine', 'registry', 'nginx', 'busybox'], () => {
  let engine: LabEngine;
  let home = '';
  const docker = (...args: readonly string[]) =>
    engine.docker(args, { env: { HOME: home }, input: '' });

  beforeAll(async () => {
    engine = await sharedEngine();
    home = mkdtempSync(join(tmpdir(), 'home-'));
  });
  beforeEach(() => writeSettings());
  // Before as well: another file's tests may have left the folder behind.
  beforeEach(() => rmSync('/etc/docker/certs.d', { recursive: true, force: true }));
  afterEach(() => {
    rmSync('/etc/docker/certs.d', { recursive: true, force: true });
    rmSync(join(home, '.docker'), { recursive: true, force: true });
  });

  /** A config.json that names some login keeps the CLI from choosing a keychain helper that the machine may have. */
  const writeSettings = () => {
    mkdirSync(join(home, '.docker'), { recursive: true });
    writeFileSync(join(home, '.docker/config.json'), '{"auths":{"elsewhere.test":{}}}');
  };
  const trust = ({ address, caPem }: SharedRegistry) => {
    mkdirSync(`/etc/docker/certs.d/${address}`, { recursive: true });
    writeFileSync(`/etc/docker/certs.d/${address}/ca.crt`, caPem);
  };
  const login = ({ address, username, password }: SharedRegistry) =>
    engine.docker(['login', address, '-u', username, '--password-stdin'], {
      env: { HOME: home },
      input: password,
    });

  for (const variant of ['tls-login', 'nginx-login'] satisfies readonly RegistryVariant[]) {
    it(`distrusts ${variant} until its CA is in certs.d, then wants a login, then pulls`, async () => {
      const registry = await sharedRegistry(variant);
      const image = `${registry.address}/team/hello:1.0`;
      const start = snapshotTree('/etc/docker');

      const before = await docker('pull', image);
      expect(before.stderr).toContain('x509: certificate signed by unknown authority');
      expect(before.status).not.toBe(0);

      trust(registry);
      expect((await docker('pull', image)).stderr).toMatch(/no basic auth credentials/);

      expect(await login(registry)).toMatchObject({ status: 0 });
      const pulled = await docker('pull', image);
      expect(pulled.stderr).toBe('');
      expect(pulled.stdout).toContain(registry.images['team/hello:1.0'].digest);

      rmSync('/etc/docker/certs.d', { recursive: true });
      expect((await docker('pull', image)).stderr).toContain('unknown authority');
      expect(snapshotTree('/etc/docker')).toEqual(start);
    });
  }

  it('pulls OCI images, indexes and big layers without a login from the open registry', async () => {
    const registry = await sharedRegistry('tls-open');
    trust(registry);
    for (const name of ['team/hello:2.0', 'team/multi:1.0', 'team/big:1.0'] as const) {
      const pulled = await docker('pull', `${registry.address}/${name}`);
      expect(pulled.stderr).toBe('');
      expect(pulled.stdout).toContain(registry.images[name].digest);
    }
  });

  it('refuses plain HTTP', async () => {
    const registry = await sharedRegistry('plain');
    const pulled = await docker('pull', `${registry.address}/team/hello:1.0`);
    expect(pulled.stderr).toContain('server gave HTTP response to HTTPS client');
  });

  it('is found at the usual socket by a docker CLI that is told nothing', async () => {
    const { status, stdout } = await run(['docker', 'info', '--format', '{{.DockerRootDir}}']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${engine.dataRoot}\n` });
  });

  it('can be one of one’s own, with its own settings, which ends when told', async () => {
    const own = await startEngine({ settings: { 'insecure-registries': ['plain.test:5000'] } });
    const info = await own.docker(['info', '--format', '{{json .RegistryConfig.IndexConfigs}}']);
    expect(JSON.parse(info.stdout)).toHaveProperty(['plain.test:5000', 'Secure'], false);
    expect(own.socketPath).not.toBe(engine.socketPath);

    const { address } = await sharedRegistry('plain');
    expect(await own.docker(['pull', `${address}/team/hello:1.0`])).toMatchObject({ status: 0 });
    await own.stop();
    expect((await own.docker(['version'])).status).not.toBe(0);
  });
});
