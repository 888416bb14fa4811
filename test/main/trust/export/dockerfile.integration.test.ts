import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabEngine,
  run,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
} from '../../../lab/index.ts';
import { trustIn, writeExport } from './lab-export.ts';

describeWithLab('exported lines for a Dockerfile', ['engine', 'registry', 'busybox'], () => {
  let engine: LabEngine;
  let registry: SharedRegistry;
  let fileName: string;

  beforeAll(async () => {
    engine = await sharedEngine();
    registry = await sharedRegistry('tls-open');
    fileName = `regent-${registry.caSha256.slice(0, 16)}.crt`;
    await buildBase();
  });
  afterAll(async () => {
    await engine.docker(['rmi', '--force', 'regent-test-base']);
  });
  afterEach(() => {
    for (const name of ['docker', 'containers']) {
      rmSync(`/etc/${name}/certs.d`, { recursive: true, force: true });
    }
  });

  // BuildKit needs a plugin of the docker command; what the engine itself builds with knows the same lines.
  const build = (folder: string, tag: string) => {
    const env = { DOCKER_BUILDKIT: '0', HOME: folder };
    return engine.docker(['build', '--network', 'none', '--tag', tag, folder], { env });
  };

  /** An image with a shell and stand-ins for what the distributions call to rebuild their list. */
  async function buildBase(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'base-'));
    copyFileSync('/usr/bin/busybox', join(folder, 'busybox'));
    const stub = '#!/bin/sh\nfind /usr/local/share /etc/pki -name "*.crt" -exec cat {} + >/list\n';
    writeFileSync(join(folder, 'stub'), stub, { mode: 0o755 });
    const lines = [
      'FROM scratch',
      'COPY busybox /bin/busybox',
      'RUN ["/bin/busybox", "mkdir", "-p", "/usr/sbin", "/usr/local/share", "/etc/pki"]',
      'RUN ["/bin/busybox", "--install", "-s", "/bin"]',
      'COPY stub /usr/sbin/update-ca-certificates',
      'COPY stub /usr/sbin/update-ca-trust',
    ];
    writeFileSync(join(folder, 'Dockerfile'), lines.join('\n'));
    const { status, stdout, stderr } = await build(folder, 'regent-test-base');
    expect(status, stdout + stderr).toBe(0);
  }

  it.each(['debian', 'alpine', 'rhel'])(
    'build an image (%s) with the certificate',
    async (name) => {
      const { folder, paths } = writeExport(trustIn(registry), 'dockerfile');
      const path = paths.find((one) => one.endsWith(`.${name}.Dockerfile`)) ?? '';
      writeFileSync(
        join(folder, 'Dockerfile'),
        `FROM regent-test-base\n${readFileSync(path, 'utf8')}`,
      );
      const { status, stdout, stderr } = await build(folder, `regent-test-${name}`);
      expect(status, stdout + stderr).toBe(0);
      const files = ['docker', 'containers'].map(
        (one) => `/etc/${one}/certs.d/${registry.address}/${fileName}`,
      );
      const container = ['run', '--rm', '--network', 'none', `regent-test-${name}`];
      const cat = await engine.docker([...container, 'cat', ...files, '/list']);
      expect(cat.stdout).toBe(registry.caPem.repeat(3));
      await engine.docker(['rmi', '--force', `regent-test-${name}`]);
    },
  );

  it('make a real Debian trust the server', async () => {
    const { paths } = writeExport(trustIn(registry), 'dockerfile');
    const path = paths.find((one) => one.endsWith('.debian.Dockerfile')) ?? '';
    const curl = ['curl', '--silent', '--output', '/dev/null', `https://${registry.address}/v2/`];
    expect((await run(curl)).status).toBe(60);
    const commands = readFileSync(path, 'utf8').split(/^RUN /m).slice(1);
    for (const command of commands) {
      expect(await run(['sh', '-c', command])).toMatchObject({ status: 0 });
    }
    expect((await run(curl)).status).toBe(0);
    rmSync(`/usr/local/share/ca-certificates/${fileName}`);
    expect((await run(['update-ca-certificates'])).status).toBe(0);
    expect((await run(curl)).status).toBe(60);
  });
});
