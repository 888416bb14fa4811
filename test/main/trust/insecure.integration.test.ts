import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { userPlaces } from '../../../main/trust/targets/user-places.ts';
import { createTrust, type Trust } from '../../../main/trust/trust.ts';
import {
  describeWithLab,
  type LabEngine,
  type LabRootlessEngine,
  labFolder,
  runAs,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
  startRootlessEngine,
} from '../../lab/index.ts';
import { newerEngineFolder } from '../../setup/newer-engine.mjs';
import { lifeOf, settingsBelow, startEngineBelow } from './engine-below.ts';

const REFUSAL = 'server gave HTTP response to HTTPS client';
const OTHERS = '{\n    "debug": true,\n    "insecure-registries": ["old.test:5000"]\n}';

/** Regent on a machine with that root, as root. */
async function openBelow(root: string): Promise<Trust> {
  const home = mkdtempSync(join(labFolder, 'home-'));
  const paths = { home, dockerConfig: join(home, '.docker'), data: join(home, 'regent') };
  return createTrust({
    places: { ...(await userPlaces({}, 'linux', paths)), root },
    ...{ path: '', clock: { now: () => Date.now() } },
    elevate: () => Promise.reject(new Error('root needs no elevation')),
  });
}

async function planFor(trust: Trust, { address }: SharedRegistry) {
  const plan = await trust.plan({ address, insecure: true, consumers: ['docker-engine'] });
  const engine = plan.consumers.find(({ id }) => id === 'docker-engine');
  return { planId: plan.planId, engine };
}

async function allow(trust: Trust, registry: SharedRegistry) {
  const { consumers } = await trust.apply((await planFor(trust, registry)).planId);
  return consumers.find(({ id }) => id === 'docker-engine');
}

const pull = (engine: LabEngine, { address }: SharedRegistry) =>
  engine.docker(['pull', `${address}/team/hello:1.0`]);

/** Allows plain HTTP and takes it back, as the engine itself sees it. */
async function goThereAndBack(engine: LabEngine, root: string, registry: SharedRegistry) {
  const folder = join(root, 'etc/docker');
  const before = snapshotTree(folder);
  const life = lifeOf(engine.pid);
  const trust = await openBelow(root);
  expect((await pull(engine, registry)).stderr).toContain(REFUSAL);
  const { engine: planned } = await planFor(trust, registry);
  expect(planned).toMatchObject({ status: 'to-do', effect: 'reload', live: true });
  expect(planned?.changes).toContainEqual({
    kind: 'run',
    argv: ['kill', '-HUP', String(engine.pid)],
  });
  expect(snapshotTree(folder)).toEqual(before);

  expect(await allow(trust, registry)).toMatchObject({ status: 'applied', problem: null });
  expect(await pull(engine, registry)).toMatchObject({ status: 0, stderr: '' });
  const text = readFileSync(settingsBelow(root), 'utf8');
  expect(JSON.parse(text)['insecure-registries']).toContain(registry.address);

  await trust.revoke({ address: registry.address });
  expect((await pull(engine, registry)).stderr).toContain(REFUSAL);
  expect(snapshotTree(folder)).toEqual(before);
  expect(lifeOf(engine.pid)).toBe(life);
}

describeWithLab(
  'plain HTTP for the Docker Engine in its usual place',
  ['engine', 'registry'],
  () => {
    it('is allowed and taken back where there was no daemon.json at all', async () => {
      const engine = await sharedEngine();
      rmSync(settingsBelow('/'), { force: true });
      await goThereAndBack(engine, '/', await sharedRegistry('plain'));
      expect(existsSync(settingsBelow('/'))).toBe(false);
    });
  },
);

const generations = [
  { name: 'of this system', dockerd: '/usr/sbin/dockerd', needs: ['engine', 'registry'] },
  {
    name: 'that can be asked before',
    // A copy, since Regent asks only programs in the usual places.
    dockerd: '/usr/local/bin/dockerd',
    needs: ['engine', 'newer-engine', 'registry'],
  },
] as const;

describe.each(generations)('plain HTTP for a Docker Engine $name', ({ name, dockerd, needs }) => {
  describeWithLab(name, needs, () => {
    const isNewer = dockerd.startsWith('/usr/local');
    let registry: SharedRegistry;
    let root: string;
    let engine: LabEngine | undefined;
    const start = async (settings: string | null, more: object = {}) => {
      engine = await startEngineBelow(root, { dockerd, settings, ...more });
      if (settings === null) rmSync(settingsBelow(root));
      return engine;
    };

    beforeAll(async () => {
      registry = await sharedRegistry('plain');
      if (isNewer) cpSync(newerEngineFolder, '/usr/local/bin', { recursive: true });
    });
    afterAll(() => {
      const programs = ['dockerd', 'docker-proxy', 'containerd', 'ctr', 'docker-buildx'];
      const copies = [...programs, 'containerd-shim-runc-v2'];
      if (isNewer) for (const copy of copies) rmSync(`/usr/local/bin/${copy}`, { force: true });
    });
    beforeEach(() => {
      root = mkdtempSync(join(labFolder, 'root-'));
    });
    afterEach(async () => {
      await engine?.stop();
      engine = undefined;
    });

    it.each([null, '{}', OTHERS])(
      'is live by a reload, and back byte for byte: %j',
      async (text) => {
        await goThereAndBack(await start(text), root, registry);
      },
    );

    it('is refused for settings that can’t be read, which stay', async () => {
      await start('{}');
      writeFileSync(settingsBelow(root), '{ broken');
      const before = snapshotTree(join(root, 'etc'));
      const { engine: planned } = await planFor(await openBelow(root), registry);
      expect(planned).toMatchObject({
        status: 'blocked',
        problem: { code: 'EDIT_REFUSED', data: { reason: 'unparsable' } },
      });
      expect(snapshotTree(join(root, 'etc'))).toEqual(before);
    });

    it('is refused where the engine was started with the same as a flag', async () => {
      const running = await start('{}', { flags: ['--insecure-registry', 'other.test'] });
      const { engine: planned } = await planFor(await openBelow(root), registry);
      const data = { reason: 'startedWithFlag', detail: '--insecure-registry=other.test' };
      expect(planned).toMatchObject({ status: 'blocked', problem: { data } });
      // Had it been written, the engine would not start again.
      await running.stop();
      const settings = JSON.stringify({ 'insecure-registries': [registry.address] });
      const again = start(settings, { flags: ['--insecure-registry', 'other.test'] });
      await expect(again).rejects.toThrow(/specified both as a flag and in the configuration file/);
    });

    it('is refused where the engine reads other settings', async () => {
      const configFile = join(root, 'elsewhere.json');
      await start('{}', { configFile });
      const { engine: planned } = await planFor(await openBelow(root), registry);
      const data = { reason: 'readElsewhere', detail: configFile };
      expect(planned).toMatchObject({ status: 'blocked', problem: { data } });
    });

    it('is written for the next start where the engine does not run', async () => {
      await (await start('{"debug": true}')).stop();
      const before = snapshotTree(join(root, 'etc'));
      const trust = await openBelow(root);
      const { engine: planned } = await planFor(trust, registry);
      expect(planned).toMatchObject({ status: 'to-do', effect: 'next-start', live: false });
      expect(planned?.changes.map(({ kind }) => kind)).toEqual(['edit-file']);
      await allow(trust, registry);
      const running = await start(readFileSync(settingsBelow(root), 'utf8'));
      expect(await pull(running, registry)).toMatchObject({ status: 0 });
      await trust.revoke({ address: registry.address });
      expect((await pull(running, registry)).stderr).toContain(REFUSAL);
      expect(snapshotTree(join(root, 'etc'))).toEqual(before);
    });

    it('is taken back where the engine does not take it up', async () => {
      const running = await start('{}');
      const life = lifeOf(running.pid);
      // Read by nobody until the next reload, which it spoils.
      writeFileSync(settingsBelow(root), '{"max-concurrent-downloads": -1}');
      const before = snapshotTree(join(root, 'etc'));
      const trust = await openBelow(root);
      const detail = expect.stringContaining('max concurrent downloads');
      await expect(allow(trust, registry)).rejects.toMatchObject(
        isNewer
          ? { code: 'PROGRAM_FAILED', data: { program: dockerd, detail } }
          : { code: 'EDIT_REFUSED', data: { reason: 'notTakenUp', path: settingsBelow(root) } },
      );
      expect(await trust.list()).toEqual([]);
      expect(snapshotTree(join(root, 'etc'))).toEqual(before);
      expect((await pull(running, registry)).stderr).toContain(REFUSAL);
      expect(lifeOf(running.pid)).toBe(life);
    });
  });
});

describeWithLab('plain HTTP for Docker without root', ['rootless-engine', 'registry'], () => {
  const script = fileURLToPath(new URL('insecure-as-user.ts', import.meta.url));
  let engine: LabRootlessEngine;
  let registry: SharedRegistry;

  beforeAll(async () => {
    registry = await sharedRegistry('plain');
  });
  afterEach(() => engine.stop());

  const asUser = async (...more: readonly string[]) => {
    const argv = [process.execPath, '--import', 'tsx', script, registry.address, ...more];
    const { status, stdout, stderr } = await runAs(engine.user, argv, { cwd: process.cwd() });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };

  it.each([undefined, { debug: true }])(
    'is allowed and taken back by the user, with settings %j',
    async (settings) => {
      engine = await startRootlessEngine(settings ? { settings } : {});
      const folder = join(engine.user.home, '.config');
      if (!settings) rmSync(folder, { recursive: true, force: true });
      const before = snapshotTree(folder);
      const life = lifeOf(engine.pid);
      expect((await pull(engine, registry)).stderr).toContain(REFUSAL);
      expect(await asUser()).toContainEqual(
        expect.objectContaining({ id: 'docker-rootless', status: 'applied' }),
      );
      expect(await pull(engine, registry)).toMatchObject({ status: 0 });
      expect(readFileSync(engine.configPath, 'utf8')).toContain(registry.address);
      await asUser('revoke');
      expect((await pull(engine, registry)).stderr).toContain(REFUSAL);
      expect(snapshotTree(folder)).toEqual(before);
      expect(lifeOf(engine.pid)).toBe(life);
    },
  );
});
