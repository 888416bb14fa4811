import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBuildContext } from './build-context.ts';
import { type LabBuildx, startBuildx } from './buildx.ts';
import { describeWithLab } from './describe-with-lab.ts';
import type { LabPart } from './lab-missing.ts';
import { newerEngine } from './newer-engine.ts';
import { putCertificate } from './put-certificate.ts';
import { type SharedRegistry, sharedRegistry } from './shared-registry.ts';

const unknown = 'x509: certificate signed by unknown authority';
const needs: readonly LabPart[] = ['newer-engine', 'buildx', 'buildkit', 'registry', 'busybox'];

describeWithLab('a builder of buildx in a container', needs, () => {
  let registry: SharedRegistry;
  let tools: LabBuildx;
  let ca = '';
  let config = '';
  beforeAll(async () => {
    registry = await sharedRegistry('tls-open');
    tools = await startBuildx(await newerEngine('classic'));
    ca = join(tools.home, 'ca.pem');
    writeFileSync(ca, registry.caPem);
    config = `[registry."${registry.address}"]\n  ca = ["${ca}"]\n`;
  });
  afterAll(() => tools.stop());
  const context = () => makeBuildContext(`${registry.address}/team/hello:1.0`);

  it('refuses an unknown authority, whatever the engine trusts', async () => {
    expect(await tools.createBuilder('bare')).toMatchObject({ status: 0 });
    putCertificate('/etc/docker/certs.d', registry);
    const built = await tools.build('bare', context());
    rmSync('/etc/docker/certs.d', { recursive: true });
    expect(built.stderr).toContain(unknown);
  });

  it('trusts the CA in the config it is made with, which is copied into it', async () => {
    const path = join(tools.home, 'given.toml');
    writeFileSync(path, config);
    expect(await tools.createBuilder('given', ['--buildkitd-config', path])).toMatchObject({
      status: 0,
    });
    rmSync(path);
    const target = `${registry.address}/lab/by-buildx:1`;
    expect(await tools.build('given', context(), target)).toMatchObject({ status: 0 });
  });

  it('takes buildkitd.default.toml, but only when it is made anew', async () => {
    const path = join(tools.home, '.docker/buildx/buildkitd.default.toml');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, config);
    expect((await tools.build('bare', context())).stderr).toContain(unknown);
    expect(await tools.buildx(['rm', 'bare'])).toMatchObject({ status: 0 });
    expect(await tools.createBuilder('bare')).toMatchObject({ status: 0 });
    expect(await tools.build('bare', context())).toMatchObject({ status: 0 });
    rmSync(path);
  });
});
