import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeBuildContext } from './build-context.ts';
import { startBuildx } from './buildx.ts';
import { describeWithLab } from './describe-with-lab.ts';
import { type LabEngine, startEngine } from './engine.ts';
import { newerEngine } from './newer-engine.ts';
import { putCertificate } from './put-certificate.ts';
import { startRegistry } from './registry.ts';
import { seedImages } from './seed-images.ts';

const unknown = 'x509: certificate signed by unknown authority';

/** Builds through the engine's own BuildKit, from a registry that no other test has asked. */
async function prepare(engine: LabEngine) {
  const registry = await startRegistry('tls-open');
  await seedImages(registry);
  const tools = await startBuildx(engine);
  const build = (image: string, with_ = tools) =>
    with_.build('default', makeBuildContext(`${registry.address}/${image}`));
  return { registry, build };
}

describeWithLab('the BuildKit in Debian’s engine', ['engine', 'buildx', 'registry'], () => {
  it('reads certs.d only when the engine starts', async () => {
    const engine = await startEngine();
    const { registry, build } = await prepare(engine);
    expect((await build('team/hello:1.0')).stderr).toContain(unknown);
    putCertificate('/etc/docker/certs.d', registry);
    expect((await build('tools/ci/deep/base:2026-01')).stderr).toContain(unknown);
    await engine.stop();

    const restarted = await startEngine();
    expect(await build('team/hello:1.0', await startBuildx(restarted))).toMatchObject({
      status: 0,
    });
    await restarted.stop();
    rmSync('/etc/docker/certs.d', { recursive: true });
    await registry.stop();
  });
});

const newer = ['engine', 'newer-engine', 'buildx', 'registry'] as const;
describeWithLab('the BuildKit in a newer engine', newer, () => {
  for (const store of ['classic', 'containerd'] as const) {
    it(`reads certs.d at once, but remembers a repository that failed (${store} store)`, async () => {
      const { registry, build } = await prepare(await newerEngine(store));
      expect((await build('team/hello:1.0')).stderr).toContain(unknown);
      putCertificate('/etc/docker/certs.d', registry);
      expect(await build('tools/ci/deep/base:2026-01')).toMatchObject({ status: 0 });
      expect((await build('team/hello:1.0')).stderr).toContain(unknown);
      rmSync('/etc/docker/certs.d', { recursive: true });
      await registry.stop();
    });
  }
});
