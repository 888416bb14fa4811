import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../../main/demo/start-demo.ts';
import { describeUnless, describeWithLab, run, sharedEngine } from '../../lab/index.ts';

/** The address that the engine dials is this process's own loopback: tests and lab share one network. */
describeWithLab('a real docker with the demo registry', ['engine'], () => {
  let demo: Demo;
  let home: string;
  const docker = async (args: readonly string[], input = '') => {
    const engine = await sharedEngine();
    return engine.docker(args, { env: { HOME: home }, input });
  };

  beforeAll(async () => {
    demo = await startDemo();
    home = mkdtempSync(join(tmpdir(), 'demo-home-'));
    // A config.json that names some login keeps the CLI from choosing a keychain helper that the machine may have.
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker/config.json'), '{"auths":{"elsewhere.test":{}}}');
  });
  afterAll(async () => {
    await demo?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('is refused without the login', async () => {
    const pulled = await docker(['pull', `${demo.address}/demo/hello`]);
    expect(pulled.status).not.toBe(0);
  });

  it('signs in and pulls images of one and of several layers', async () => {
    const login = ['login', demo.address, '-u', demo.username, '--password-stdin'];
    expect((await docker(login, demo.password)).stdout).toContain('Login Succeeded');
    for (const image of ['demo/hello:1.1', 'demo/web:latest', 'tools/ci/runner:14']) {
      const pulled = await docker(['pull', `${demo.address}/${image}`]);
      expect(pulled.stderr).toBe('');
      expect(pulled.stdout).toContain(
        `Status: Downloaded newer image for ${demo.address}/${image}`,
      );
    }
  });

  it('runs what it pulled', async () => {
    const reference = `${demo.address}/demo/hello:1.1`;
    const greeted = await docker(['run', '--rm', '--network', 'none', reference]);
    expect(greeted.stderr).toBe('');
    expect(greeted.stdout).toMatch(
      /^Hello from demo\/hello:1\.1 \(a..64\), pulled with Regent\.\n$/,
    );
  });
});

const noSkopeo = existsSync('/usr/bin/skopeo') ? undefined : 'not installed: /usr/bin/skopeo';
describeUnless(noSkopeo, 'skopeo with the demo registry', () => {
  it('accepts its certificate by its CA alone, and copies every platform', async () => {
    const demo = await startDemo();
    const folder = mkdtempSync(join(tmpdir(), 'demo-skopeo-'));
    try {
      writeFileSync(join(folder, 'ca.crt'), demo.caPem);
      const token = Buffer.from(`${demo.username}:${demo.password}`).toString('base64');
      const authFile = join(folder, 'auth.json');
      writeFileSync(authFile, JSON.stringify({ auths: { [demo.address]: { auth: token } } }));
      const copied = await run([
        ...['skopeo', '--insecure-policy', 'copy', '--all', '--src-tls-verify=true'],
        ...['--src-cert-dir', folder, '--authfile', authFile],
        ...[`docker://${demo.address}/demo/web:latest`, `oci:${join(folder, 'out')}:latest`],
      ]);
      expect(copied.stderr).toBe('');
      expect(copied.status).toBe(0);
      const index = JSON.parse(readFileSync(join(folder, 'out/index.json'), 'utf8')) as {
        manifests: { digest: string }[];
      };
      expect(index.manifests).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      await demo.close();
    }
  });
});
