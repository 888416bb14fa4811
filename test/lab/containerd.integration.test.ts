import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newerEngineFolder } from '../setup/newer-engine.mjs';
import { type LabContainerd, startContainerd } from './containerd.ts';
import { describeWithLab } from './describe-with-lab.ts';
import type { LabPart } from './lab-missing.ts';
import { putCertificate } from './put-certificate.ts';
import { type SharedRegistry, sharedRegistry } from './shared-registry.ts';

const folder = '/etc/containerd/certs.d';
const unknown = 'x509: certificate signed by unknown authority';

const generations = [
  { name: 'containerd of Debian 12', needs: ['containerd'], options: {} },
  {
    name: 'a newer containerd, with the newer config format',
    needs: ['containerd', 'newer-engine'],
    options: { containerd: join(newerEngineFolder, 'containerd'), configVersion: 3 },
  },
] as const satisfies readonly { name: string; needs: readonly LabPart[]; options: object }[];

for (const { name, needs, options } of generations) {
  describeWithLab(name, [...needs, 'registry', 'busybox'], () => {
    let containerd: LabContainerd;
    let registry: SharedRegistry;
    let image = '';
    beforeAll(async () => {
      containerd = await startContainerd(options);
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:1.0`;
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    afterAll(() => containerd.stop());
    const writeHosts = (address: string, text: string) => {
      const path = join(folder, address, 'hosts.toml');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };

    it('pulls for Kubernetes as soon as a CA is in its folder, and no longer without', async () => {
      expect((await containerd.pull(image)).message).toContain(unknown);
      putCertificate(folder, registry);
      expect((await containerd.pull(image)).message).toMatch(/401 Unauthorized|no basic auth/);
      expect(await containerd.pull(image, registry)).toEqual({ code: 0, message: '' });

      rmSync(folder, { recursive: true });
      expect((await containerd.pull(image, registry)).message).toContain(unknown);
    });

    it('takes the CA that a hosts.toml names', async () => {
      putCertificate(folder, registry);
      const server = `https://${registry.address}`;
      writeHosts(registry.address, `server = "${server}"\n\n[host."${server}"]\n  ca = "ca.crt"\n`);
      expect(await containerd.pull(image, registry)).toEqual({ code: 0, message: '' });
    });

    it('speaks plain HTTP when a hosts.toml says so', async () => {
      const { address } = await sharedRegistry('plain');
      expect((await containerd.pull(`${address}/team/hello:1.0`)).message).toContain(
        'server gave HTTP response to HTTPS client',
      );
      writeHosts(address, `[host."http://${address}"]\n`);
      expect(await containerd.pull(`${address}/team/hello:1.0`)).toEqual({ code: 0, message: '' });
    });

    it('has a ctr that trusts only what it is told', async () => {
      putCertificate(folder, registry);
      const login = ['--user', `${registry.username}:${registry.password}`];
      expect((await containerd.ctr(['image', 'pull', ...login, image])).stderr).toContain(unknown);
      const told = ['image', 'pull', ...login, '--hosts-dir', folder, image];
      expect(await containerd.ctr(told)).toMatchObject({ status: 0 });
    });
  });
}

describeWithLab('containerd as it comes', ['containerd', 'registry', 'busybox'], () => {
  it('has no config_path and so reads no trust; setting one needs a restart', async () => {
    const registry = await sharedRegistry('tls-open');
    const image = `${registry.address}/team/hello:1.0`;
    putCertificate(folder, registry);
    const bare = await startContainerd({ certsFolder: null });
    const refused = await bare.pull(image);
    await bare.stop();
    const set = await startContainerd();
    const pulled = await set.pull(image);
    await set.stop();
    rmSync(folder, { recursive: true });
    expect(refused.message).toContain(unknown);
    expect(pulled.code).toBe(0);
  });

  it('can be in the system’s place', async () => {
    const containerd = await startContainerd({ place: 'system' });
    expect(containerd.socketPath).toBe('/run/containerd/containerd.sock');
    expect(await containerd.ctr(['version'])).toMatchObject({ status: 0 });
    await containerd.stop();
    rmSync(containerd.socketPath, { force: true });
    expect(existsSync(containerd.configPath)).toBe(true);
  });
});
