import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newerEngineFolder } from '../setup/newer-engine.mjs';
import { makeBuildContext } from './build-context.ts';
import { startBuildx } from './buildx.ts';
import { describeWithLab } from './describe-with-lab.ts';
import type { Finished } from './processes.ts';
import { putCertificate } from './put-certificate.ts';
import { type LabRootlessEngine, startRootlessEngine } from './rootless-engine.ts';
import { sharedRegistry } from './shared-registry.ts';
import { runAs } from './users.ts';

const unknown = 'x509: certificate signed by unknown authority';

describeWithLab('Docker without root', ['rootless-engine', 'registry', 'busybox'], () => {
  let engine: LabRootlessEngine;
  beforeAll(async () => {
    engine = await startRootlessEngine({ settings: {} });
  });
  afterAll(() => engine.stop());
  const pull = (image: string) => engine.docker(['pull', image]);

  it('belongs to the user and says that it is rootless', async () => {
    expect(statSync(`/proc/${engine.pid}`).uid).toBe(engine.user.uid);
    const info = await engine.docker(['info', '--format', '{{.SecurityOptions}}']);
    expect(info.stdout).toContain('name=rootless');
  });

  it('trusts a CA as soon as it is in ~/.config/docker/certs.d, for pull and build', async () => {
    const registry = await sharedRegistry('tls-open');
    const image = `${registry.address}/team/hello:1.0`;
    const build = () =>
      engine.docker(['build', makeBuildContext(image)], { env: { DOCKER_BUILDKIT: '0' } });
    expect((await pull(image)).stderr).toContain(unknown);
    expect((await build()).stderr).toContain(unknown);

    putCertificate(engine.certsFolder, registry, engine.user);
    expect(await pull(image)).toMatchObject({ status: 0 });
    expect(await build()).toMatchObject({ status: 0 });

    rmSync(engine.certsFolder, { recursive: true });
    expect((await pull(image)).stderr).toContain(unknown);
  });

  it('does not look into /etc/docker/certs.d', async () => {
    const registry = await sharedRegistry('tls-open');
    putCertificate('/etc/docker/certs.d', registry);
    const pulled = await pull(`${registry.address}/team/hello:1.0`);
    rmSync('/etc/docker/certs.d', { recursive: true });
    expect(pulled.stderr).toContain(unknown);
  });

  for (const whom of ['pid', 'rootlesskitPid'] as const) {
    it(`reads its daemon.json again when the user sends SIGHUP to its ${whom}`, async () => {
      const { address } = await sharedRegistry('plain');
      const image = `${address}/team/hello:1.0`;
      const reloadWith = async (list: readonly string[]) => {
        writeFileSync(engine.configPath, JSON.stringify({ 'insecure-registries': list }));
        const sent = await runAs(engine.user, ['kill', '-HUP', String(engine[whom])]);
        expect(sent).toMatchObject({ status: 0 });
      };
      const pullUntil = async (wanted: (answer: Finished) => boolean) => {
        for (let tries = 0; tries < 50; tries += 1) {
          const answer = await pull(image);
          if (wanted(answer)) return answer;
          await sleep(100);
        }
        return pull(image);
      };
      expect((await pull(image)).stderr).toContain('server gave HTTP response to HTTPS client');
      await reloadWith([address]);
      expect(await pullUntil(({ status }) => status === 0)).toMatchObject({ status: 0 });
      // An absent key would leave the old list in force.
      await reloadWith([]);
      expect((await pullUntil(({ status }) => status !== 0)).status).not.toBe(0);
    });
  }
});

describeWithLab(
  'Docker without root, elsewhere',
  ['rootless-engine', 'registry', 'busybox'],
  () => {
    it('follows XDG_CONFIG_HOME', async () => {
      const engine = await startRootlessEngine({ configHome: '/home/regent-lab/settings' });
      const registry = await sharedRegistry('tls-open');
      putCertificate(engine.certsFolder, registry, engine.user);
      const pulled = await engine.docker(['pull', `${registry.address}/team/hello:1.0`]);
      await engine.stop();
      expect(engine.certsFolder).toBe('/home/regent-lab/settings/docker/certs.d');
      expect(pulled).toMatchObject({ status: 0 });
    });
  },
);

const newer = ['rootless-engine', 'newer-engine', 'buildx', 'registry', 'busybox'] as const;
describeWithLab('a newer Docker without root', newer, () => {
  for (const store of ['classic', 'containerd'] as const) {
    it(`looks into the same folder, for builds too (${store} store)`, async () => {
      const dockerd = join(newerEngineFolder, 'dockerd');
      const engine = await startRootlessEngine({ dockerd, store });
      const tools = await startBuildx(engine, engine.user);
      const registry = await sharedRegistry('tls-open');
      const image = `${registry.address}/team/hello:1.0`;
      const context = makeBuildContext(image);
      const before = await engine.docker(['pull', image]);
      putCertificate(engine.certsFolder, registry, engine.user);
      const pulled = await engine.docker(['pull', image]);
      const built = await tools.build('default', context);
      await engine.stop();
      rmSync(engine.certsFolder, { recursive: true });
      rmSync(engine.configPath, { force: true });
      expect(before.stderr).toContain(unknown);
      expect(pulled).toMatchObject({ status: 0 });
      expect(built).toMatchObject({ status: 0 });
    });
  }
});
