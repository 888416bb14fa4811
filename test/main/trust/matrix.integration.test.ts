import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { ConsumerId } from '../../../shared/model/consumer.ts';
import {
  createUser,
  describeWithLab,
  type LabEngine,
  type LabPart,
  type LabRegistry,
  type LabUser,
  makeBuildContext,
  newerEngine,
  runAs,
  seedImages,
  startBuildkit,
  startBuildx,
  startContainerd,
  startEngine,
  startPodman,
  startRegistry,
  startRootlessEngine,
} from '../../lab/index.ts';
import { type Answers, forgetTrust, openLabMachine, realDocker } from './matrix/lab-machine.ts';

const same = 'same-as-pull';
const refused = { 'sign-in': 'ENGINE_UNTRUSTED', pull: 'ENGINE_UNTRUSTED', push: same };
const none = { ...refused, build: 'ENGINE_UNTRUSTED' };
const proven = { 'sign-in': 'proven', pull: 'proven', push: same };

let registry: LabRegistry;

/** A registry that nobody has asked yet: BuildKit remembers for minutes. */
async function freshRegistry(): Promise<LabRegistry> {
  const fresh = await startRegistry('tls-open');
  await seedImages(fresh);
  return fresh;
}

/** One Docker Engine, and how its CLI builds. */
interface EngineRow {
  readonly name: string;
  readonly needs: readonly LabPart[];
  readonly start: () => Promise<LabEngine>;
  /** Whether the docker CLI has buildx; without, it leaves the building to the engine. */
  readonly buildx: boolean;
  /**
   * When a build sees new trust: at once; at once but for repositories that were asked in the last minutes; or when
   * the engine is restarted. Signing in, pulling and pushing see it at once everywhere.
   */
  readonly build: 'at-once' | 'remembers' | 'restart';
}

const debians: Pick<EngineRow, 'needs' | 'start'> = {
  needs: ['engine'],
  start: () => startEngine(),
};
const newer: readonly LabPart[] = ['engine', 'newer-engine', 'buildx'];

const engines: readonly EngineRow[] = [
  { ...debians, name: '20.10, building by itself', buildx: false, build: 'at-once' },
  { ...debians, name: '20.10 with BuildKit', needs: newer, buildx: true, build: 'restart' },
  {
    ...{ name: '28, classic store', needs: newer, start: () => newerEngine('classic') },
    ...{ buildx: true, build: 'remembers' },
  },
  {
    ...{ name: '28, containerd’s store', needs: newer, start: () => newerEngine('containerd') },
    ...{ buildx: true, build: 'remembers' },
  },
];

afterEach(forgetTrust);

for (const row of engines) {
  describeWithLab(`Docker Engine ${row.name}`, [...row.needs, 'registry', 'busybox'], () => {
    let engine: LabEngine;
    const open = async () => {
      engine = await row.start();
      return openLabMachine({ dockerHost: `unix://${engine.socketPath}`, buildx: row.buildx });
    };

    it('sees trust and its end at once, but for builds where the table says otherwise', async () => {
      registry = await freshRegistry();
      const { address } = registry;
      const [hello, base, multi] = [
        `${address}/team/hello:1.0`,
        `${address}/tools/ci/deep/base:2026-01`,
        `${address}/team/multi:1.0`,
      ];
      const machine = await open();
      const real = realDocker(machine);
      expect(await machine.ask('docker-engine', address)).toEqual(none);
      expect([await real.pull(multi), await real.build(hello)]).toEqual([false, false]);

      await machine.trustFor(registry, ['docker-engine']);
      const build = row.build === 'restart' ? 'ENGINE_UNTRUSTED, restart-first' : 'proven';
      expect(await machine.ask('docker-engine', address)).toEqual({ ...proven, build });
      expect(await real.pull(multi)).toBe(true);
      expect(await real.push(multi, `${address}/lab/pushed:1`)).toBe(true);
      expect(await real.build(base)).toBe(row.build !== 'restart');
      // BuildKit remembers for minutes what it met in this repository.
      expect(await real.build(hello)).toBe(row.build === 'at-once');

      if (row.build === 'restart') {
        await engine.stop();
        const restarted = await open();
        expect(await restarted.ask('docker-engine', address)).toEqual({
          ...proven,
          build: 'proven',
        });
        expect(await realDocker(restarted).build(base)).toBe(true);
        await machine.trust.revoke({ address });
        // It has the names of the files by heart, but reads them each time: the end it sees at once.
        expect(await restarted.ask('docker-engine', address)).toEqual(none);
        return;
      }
      await machine.trust.revoke({ address });
      expect(await machine.ask('docker-engine', address)).toEqual(none);
      expect(await real.push(multi, `${address}/lab/pushed:2`)).toBe(false);
    });

    afterAll(async () => {
      await engine?.stop();
      await registry?.stop();
    });
  });
}

for (const consumer of ['podman', 'podman-root'] as const) {
  describeWithLab(`${consumer} as root`, ['podman', 'registry', 'busybox'], () => {
    it('sees trust and its end at once in every way', async () => {
      registry = await freshRegistry();
      const { address } = registry;
      const tools = await startPodman();
      // The trace of a root who uses it.
      mkdirSync('/var/lib/containers/storage', { recursive: true });
      const machine = await openLabMachine();
      const env = { ...process.env, ...machine.env };
      expect(await machine.ask(consumer, address)).toEqual(none);
      await machine.trustFor(registry, [consumer]);
      expect(await machine.ask(consumer, address)).toEqual({ ...proven, build: 'proven' });
      const image = `${address}/team/hello:1.0`;
      const mine = `${address}/lab/pushed:1`;
      const context = makeBuildContext(image);
      const real = [
        ['pull', image],
        ['build', '--tag', mine, context],
        ['push', mine],
      ];
      for (const args of real)
        expect(await tools.podman(args, { env })).toMatchObject({ status: 0 });

      await machine.trust.revoke({ address });
      expect(await machine.ask(consumer, address)).toEqual(none);
      await tools.stop();
      await registry.stop();
    });
  });
}

/** What a consumer of an ordinary user answers before trust, after it, and after its end. */
async function askAsUser(user: LabUser, consumer: ConsumerId): Promise<readonly Answers[]> {
  const script = fileURLToPath(new URL('matrix/as-user.ts', import.meta.url));
  const asked = await runAs(user, [process.execPath, '--import', 'tsx', script, consumer], {
    cwd: process.cwd(),
    input: JSON.stringify(registry),
  });
  expect(asked.stderr).toBe('');
  return JSON.parse(asked.stdout);
}

describeWithLab('podman of an ordinary user', ['podman', 'registry', 'busybox'], () => {
  it('sees trust and its end at once in every way', async () => {
    registry = await freshRegistry();
    const user = await createUser();
    const tools = await startPodman({ user });
    const all = { ...proven, build: 'proven' };
    expect(await askAsUser(user, 'podman')).toEqual([none, all, none]);
    await tools.stop();
    await registry.stop();
  });
});

describeWithLab('Docker without root', ['rootless-engine', 'registry', 'busybox'], () => {
  it('sees trust and its end at once in every way', async () => {
    registry = await freshRegistry();
    const engine = await startRootlessEngine();
    const all = { ...proven, build: 'proven' };
    expect(await askAsUser(engine.user, 'docker-rootless')).toEqual([none, all, none]);
    await engine.stop();
    await registry.stop();
  });
});

describeWithLab('the system’s own list', ['system-store', 'registry', 'busybox'], () => {
  it('is seen by every process that starts after the change', async () => {
    registry = await freshRegistry();
    const { address } = registry;
    const machine = await openLabMachine();
    expect(await machine.ask('system', address)).toEqual({ pull: 'PROGRAM_UNTRUSTED' });
    await machine.trustFor(registry, ['system']);
    expect(await machine.ask('system', address)).toEqual({ pull: 'proven' });
    await machine.trust.revoke({ address });
    expect(await machine.ask('system', address)).toEqual({ pull: 'PROGRAM_UNTRUSTED' });
    await registry.stop();
  });
});

describeWithLab('containerd and Regent', ['containerd', 'registry', 'busybox'], () => {
  it('see trust and its end at once', async () => {
    registry = await freshRegistry();
    const { address } = registry;
    const daemon = await startContainerd({ place: 'system' });
    const machine = await openLabMachine();
    const before = { pull: 'ENGINE_UNTRUSTED', push: same };
    expect(await machine.ask('containerd', address)).toEqual(before);
    expect(await machine.ask('regent', address)).toEqual({ 'sign-in': 'CERT_UNTRUSTED' });
    await machine.trustFor(registry, ['containerd']);
    expect(await machine.ask('containerd', address)).toEqual({ pull: 'proven', push: same });
    expect(await machine.ask('regent', address)).toEqual({ 'sign-in': 'proven' });
    // What a kubelet pulls is live, too, once the settings name the folder.
    expect(await daemon.pull(`${address}/team/hello:1.0`)).toMatchObject({ code: 0 });
    await machine.trust.revoke({ address });
    expect(await machine.ask('containerd', address)).toEqual(before);
    expect(await machine.ask('regent', address)).toEqual({ 'sign-in': 'CERT_UNTRUSTED' });
    await daemon.stop();
    await registry.stop();
  });
});

describeWithLab('BuildKit of its own', ['buildkit', 'registry', 'busybox'], () => {
  it('sees trust, and its end, when it is restarted', async () => {
    registry = await freshRegistry();
    const { address } = registry;
    let daemon = await startBuildkit({ place: 'system' });
    const machine = await openLabMachine();
    expect(await machine.ask('buildkit', address)).toEqual({ build: 'ENGINE_UNTRUSTED' });
    await machine.trustFor(registry, ['buildkit']);
    const late = { build: 'ENGINE_UNTRUSTED, restart-first' };
    expect(await machine.ask('buildkit', address)).toEqual(late);
    await daemon.stop();
    daemon = await startBuildkit({ place: 'system' });
    expect(await machine.ask('buildkit', address)).toEqual({ build: 'proven' });
    expect(await daemon.build(makeBuildContext(`${address}/team/hello:1.0`))).toMatchObject({
      status: 0,
    });
    await machine.trust.revoke({ address });
    await daemon.stop();
    daemon = await startBuildkit({ place: 'system' });
    expect(await machine.ask('buildkit', address)).toEqual({ build: 'ENGINE_UNTRUSTED' });
    await daemon.stop();
    await registry.stop();
  });
});

const builders: readonly LabPart[] = ['newer-engine', 'buildx', 'buildkit', 'registry', 'busybox'];
describeWithLab('a builder of buildx in a container', builders, () => {
  it('sees trust when it is made anew', async () => {
    registry = await freshRegistry();
    const { address } = registry;
    const engine = await newerEngine('classic');
    const tools = await startBuildx(engine);
    expect(await tools.createBuilder('mine')).toMatchObject({ status: 0 });
    const machine = await openLabMachine({
      dockerHost: `unix://${engine.socketPath}`,
      home: tools.home,
    });
    expect(await machine.ask('buildx', address)).toEqual({ build: 'ENGINE_UNTRUSTED' });
    await machine.trustFor(registry, ['buildx']);
    expect(await machine.ask('buildx', address)).toEqual({
      build: 'ENGINE_UNTRUSTED, restart-first',
    });
    await tools.stop();
    await tools.createBuilder('mine');
    expect(await machine.ask('buildx', address)).toEqual({ build: 'proven' });
    await machine.trust.revoke({ address });
    await tools.stop();
    expect(await machine.ask('buildx', address)).toEqual({ build: 'no-engine' });
    await registry.stop();
  });
});

describeWithLab('plain HTTP on a real Docker Engine', ['engine', 'registry', 'busybox'], () => {
  it('is live after the reload, both ways, and proven without any account', async () => {
    const plain = await startRegistry('plain');
    await seedImages(plain);
    const { address } = plain;
    const engine = await startEngine({ place: 'system' });
    const machine = await openLabMachine();
    const before = {
      ...{ 'sign-in': 'ENGINE_PLAIN_HTTP', pull: 'ENGINE_PLAIN_HTTP', push: same },
      build: 'ENGINE_PLAIN_HTTP',
    };
    expect(await machine.ask('docker-engine', address)).toEqual(before);
    await machine.trustFor(plain, ['docker-engine']);
    expect(await machine.ask('docker-engine', address)).toEqual({ ...proven, build: 'proven' });
    const real = realDocker(machine);
    expect(await real.pull(`${address}/team/hello:1.0`)).toBe(true);
    await machine.trust.revoke({ address });
    expect(await machine.ask('docker-engine', address)).toEqual(before);
    await engine.stop();
    await plain.stop();
  });
});
