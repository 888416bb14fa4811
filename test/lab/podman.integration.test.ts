import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { makeBuildContext } from './build-context.ts';
import { describeWithLab } from './describe-with-lab.ts';
import { type LabPodman, startPodman } from './podman.ts';
import { putCertificate } from './put-certificate.ts';
import { type SharedRegistry, sharedRegistry } from './shared-registry.ts';
import { createUser, type LabUser } from './users.ts';

const unknown = 'x509: certificate signed by unknown authority';

for (const who of ['root', 'an ordinary user'] as const) {
  describeWithLab(`podman and skopeo of ${who}`, ['podman', 'registry', 'busybox'], () => {
    let user: LabUser | undefined;
    let tools: LabPodman;
    let registry: SharedRegistry;
    let image = '';
    beforeAll(async () => {
      user = who === 'root' ? undefined : await createUser();
      tools = await startPodman(user === undefined ? {} : { user });
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:2.0`;
    });
    afterEach(() => rmSync(tools.certsFolder, { recursive: true, force: true }));
    afterAll(() => tools.stop());
    const login = () =>
      tools.podman(['login', registry.address, '-u', registry.username, '--password-stdin'], {
        input: registry.password,
      });

    it('refuse an unknown authority at sign-in, pull, build and inspection', async () => {
      expect((await login()).stderr).toContain(unknown);
      expect((await tools.podman(['pull', image])).stderr).toContain(unknown);
      expect((await tools.podman(['build', makeBuildContext(image)])).stderr).toContain(unknown);
      expect((await tools.skopeo(['inspect', `docker://${image}`])).stderr).toContain(unknown);
    });

    it('work as soon as its CA is in their folder, and stop as soon as it is not', async () => {
      putCertificate(tools.certsFolder, registry, user);
      expect(await login()).toMatchObject({ status: 0 });
      expect(await tools.podman(['pull', image])).toMatchObject({ status: 0 });
      const mine = `${registry.address}/lab/by-${user?.name ?? 'root'}:1`;
      const context = makeBuildContext(image);
      expect(await tools.podman(['build', '--tag', mine, context])).toMatchObject({ status: 0 });
      expect(await tools.podman(['push', mine])).toMatchObject({ status: 0 });
      expect(await tools.skopeo(['inspect', `docker://${mine}`])).toMatchObject({ status: 0 });

      rmSync(tools.certsFolder, { recursive: true });
      expect((await tools.podman(['pull', image])).stderr).toContain(unknown);
    });

    it('speak plain HTTP once a drop-in calls it insecure', async () => {
      const { address } = await sharedRegistry('plain');
      const plain = `${address}/team/hello:1.0`;
      expect((await tools.podman(['pull', plain])).stderr).toContain(
        'server gave HTTP response to HTTPS client',
      );
      const path = join(tools.registriesFolder, '50-lab.conf');
      mkdirSync(tools.registriesFolder, { recursive: true });
      writeFileSync(path, `[[registry]]\nlocation = "${address}"\ninsecure = true\n`);
      if (user !== undefined) chownSync(path, user.uid, user.gid);
      expect(await tools.podman(['pull', plain])).toMatchObject({ status: 0 });
      rmSync(path);
      expect((await tools.podman(['pull', plain])).status).not.toBe(0);
    });
  });
}

describeWithLab('the order in which podman looks', ['podman', 'registry', 'busybox'], () => {
  it('is the user’s folder, the system’s, Docker’s; even an empty one hides the rest', async () => {
    const user = await createUser();
    const tools = await startPodman({ user });
    const registry = await sharedRegistry('tls-open');
    const inspect = () => tools.skopeo(['inspect', `docker://${registry.address}/team/hello:1.0`]);
    putCertificate('/etc/docker/certs.d', registry);
    expect(await inspect()).toMatchObject({ status: 0 });

    const shadow = join('/etc/containers/certs.d', registry.address);
    mkdirSync(shadow, { recursive: true });
    expect((await inspect()).stderr).toContain(unknown);
    putCertificate('/etc/containers/certs.d', registry);
    expect(await inspect()).toMatchObject({ status: 0 });
    rmSync('/etc/containers/certs.d', { recursive: true });
    rmSync('/etc/docker/certs.d', { recursive: true });
    await tools.stop();
  });
});
