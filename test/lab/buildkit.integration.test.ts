import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBuildContext } from './build-context.ts';
import { type LabBuildkit, startBuildkit } from './buildkit.ts';
import { describeWithLab } from './describe-with-lab.ts';
import { labFolder } from './processes.ts';
import { putCertificate } from './put-certificate.ts';
import { type SharedRegistry, sharedRegistry } from './shared-registry.ts';
import { createUser } from './users.ts';

const unknown = 'x509: certificate signed by unknown authority';

describeWithLab('BuildKit on its own', ['buildkit', 'registry', 'busybox'], () => {
  let registry: SharedRegistry;
  let plain: SharedRegistry;
  let buildkit: LabBuildkit;
  let ca = '';
  beforeAll(async () => {
    registry = await sharedRegistry('tls-open');
    plain = await sharedRegistry('plain');
    ca = join(labFolder, 'buildkit-ca.pem');
    writeFileSync(ca, registry.caPem);
    buildkit = await startBuildkit();
  });
  afterAll(() => buildkit.stop());
  const context = () => makeBuildContext(`${registry.address}/team/hello:1.0`);

  it('refuses an unknown authority and never reads certs.d', async () => {
    expect((await buildkit.build(context())).stderr).toContain(unknown);
    putCertificate('/etc/docker/certs.d', registry);
    putCertificate('/etc/buildkit/certs.d', registry);
    expect((await buildkit.build(context())).stderr).toContain(unknown);
    rmSync('/etc/docker/certs.d', { recursive: true });
    rmSync('/etc/buildkit', { recursive: true });
  });

  it('reads buildkitd.toml only at its start, then pulls and pushes', async () => {
    const settings = `[registry."${registry.address}"]\n  ca = ["${ca}"]\n\n[registry."${plain.address}"]\n  http = true\n`;
    writeFileSync(buildkit.configPath, settings);
    expect((await buildkit.build(context())).stderr).toContain(unknown);

    const restarted = await startBuildkit({ settings });
    const target = `${registry.address}/lab/by-buildkit:1`;
    expect(await restarted.build(context(), target)).toMatchObject({ status: 0 });
    const inClear = makeBuildContext(`${plain.address}/team/hello:1.0`);
    expect(await restarted.build(inClear)).toMatchObject({ status: 0 });
    await restarted.stop();
  });

  it('takes all CAs in the folders that tlsconfigdir names', async () => {
    const folder = join(labFolder, 'buildkit-certs');
    putCertificate(folder, registry);
    mkdirSync(folder, { recursive: true });
    const settings = `[registry."${registry.address}"]\n  tlsconfigdir = ["${folder}/${registry.address}"]\n`;
    const configured = await startBuildkit({ settings });
    expect(await configured.build(context())).toMatchObject({ status: 0 });
    await configured.stop();
  });

  it('reads ~/.config/buildkit/buildkitd.toml when it is a user’s own', async () => {
    const user = await createUser();
    const settings = `[registry."${registry.address}"]\n  ca = ["${ca}"]\n`;
    const own = await startBuildkit({ user, settings });
    const built = await own.build(context());
    await own.stop();
    expect(own.configPath).toBe('/home/regent-lab/.config/buildkit/buildkitd.toml');
    expect(built).toMatchObject({ status: 0 });
  });
});
