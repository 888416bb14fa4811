import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../main/engine/create-engine.ts';
import type { PullProgress } from '../../../main/engine/pull-progress.ts';
import type { EngineAuth } from '../../../main/engine/registry-auth.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { createTasks } from '../../../main/tasks/create-tasks.ts';
import {
  bigLayerBytes,
  closedHost,
  describeWithLab,
  type LabEngine,
  run,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
  startEngine,
  unknownHostName,
} from '../../lab/index.ts';

/** What the engine itself was asked: signing in and pulling. */
async function askedOf(engine: Engine, address: string, auth: EngineAuth | null) {
  const proofs = await engine.prove('docker-engine', address, { auth });
  return proofs.filter(({ way }) => way === 'sign-in' || way === 'pull');
}

describeWithLab('a real Docker Engine', ['engine', 'registry', 'busybox'], () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const paths = { home, dockerConfig: join(home, '.docker') };
  let lab: LabEngine;
  let engine: Engine;
  let registry: SharedRegistry;

  beforeAll(async () => {
    lab = await sharedEngine();
    registry = await sharedRegistry('tls-login');
    engine = createEngine({ env: {}, paths });
    // Other suites use this engine, too.
    await removeImages();
  });
  afterEach(async () => {
    rmSync('/etc/docker/certs.d', { recursive: true, force: true });
    await removeImages();
  });

  const removeImages = () => lab.docker(['image', 'prune', '--all', '--force']);

  const trust = ({ address, caPem }: SharedRegistry) => {
    mkdirSync(`/etc/docker/certs.d/${address}`, { recursive: true });
    writeFileSync(`/etc/docker/certs.d/${address}/ca.crt`, caPem);
  };
  const account = () => ({ username: registry.username, password: registry.password });
  const wrong = () => ({ username: registry.username, password: 'wrong' });
  const named = (image: keyof SharedRegistry['images']) => `${registry.address}/${image}`;

  it('is found without being told, and says what it is', async () => {
    expect(await engine.status()).toMatchObject({
      ...{ state: 'ready', endpoint: 'unix:///var/run/docker.sock', name: 'Docker Engine' },
      ...{ local: true, imageStore: 'classic', version: expect.stringMatching(/^\d+\.\d+/) },
    });
  });

  it('is closed to users outside its group, which is something else than absent', async () => {
    const module = new URL('../../../main/engine/create-engine.ts', import.meta.url).href;
    const script = `import { createEngine } from '${module}';
      const engine = createEngine({ env: {}, paths: { home: '/', dockerConfig: '/' } });
      console.log(JSON.stringify(await engine.status()));`;
    const { stdout } = await run([
      ...['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath],
      ...['--import', 'tsx', '--input-type', 'module', '--eval', script],
    ]);
    expect(JSON.parse(stdout)).toEqual({
      state: 'absent',
      problem: {
        code: 'ENGINE_PERMISSION',
        data: { endpoint: 'unix:///var/run/docker.sock' },
      },
    });
  });

  it('refuses both ways in before trust, and proves both after, without a reload', async () => {
    const before = snapshotTree('/etc/docker');
    for (const auth of [null, account()]) {
      for (const proof of await askedOf(engine, registry.address, auth)) {
        expect(proof).toMatchObject({
          outcome: 'refused',
          problem: { code: 'ENGINE_UNTRUSTED' },
          detail: expect.stringContaining('x509: certificate signed by unknown authority'),
        });
      }
    }
    expect(snapshotTree('/etc/docker')).toEqual(before);
    trust(registry);
    for (const auth of [null, account()]) {
      expect(await askedOf(engine, registry.address, auth)).toMatchObject([
        { way: 'sign-in', outcome: 'proven', problem: null, reason: null },
        { way: 'pull', outcome: 'proven', problem: null, reason: null },
      ]);
    }
    expect(await engine.listImages()).toEqual([]);
  });

  it('refuses a wrong password in both ways', async () => {
    trust(registry);
    for (const proof of await askedOf(engine, registry.address, wrong())) {
      expect(proof).toMatchObject({ outcome: 'refused', problem: { code: 'ENGINE_SIGNED_OUT' } });
    }
  });

  it('says what is wrong with other addresses', async () => {
    const plain = await sharedRegistry('plain');
    const outcomes = [
      [plain.address, 'ENGINE_PLAIN_HTTP'],
      [`${closedHost.name}:5000`, 'ENGINE_NETWORK'],
      [`${unknownHostName}:5000`, 'ENGINE_NETWORK'],
      [`${registry.ip}:${registry.port}`, 'ENGINE_UNTRUSTED'],
    ] as const;
    for (const [address, code] of outcomes) {
      for (const proof of await askedOf(engine, address, null)) {
        expect(proof, address).toMatchObject({ outcome: 'refused', problem: { code } });
      }
    }
  });

  it('proves nothing about a registry that it lists as insecure', async () => {
    const lenient = await startEngine({ settings: { 'insecure-registries': [registry.address] } });
    const env = { DOCKER_HOST: `unix://${lenient.socketPath}` };
    const proofs = createEngine({ env, paths });
    for (const proof of await askedOf(proofs, registry.address, account())) {
      expect(proof).toMatchObject({ outcome: 'not-proven', reason: 'insecure-registry' });
    }
    await lenient.stop();
    expect(await proofs.status()).toMatchObject({
      problem: { code: 'ENGINE_UNREACHABLE', data: { endpoint: env.DOCKER_HOST } },
    });
  });

  it('pulls with progress for each layer, and says when it has the image already', async () => {
    trust(registry);
    const seen: PullProgress[] = [];
    const onProgress = (progress: PullProgress) => seen.push(progress);
    const { digest } = registry.images['team/big:1.0'];
    const result = await engine.pull(named('team/big:1.0'), { auth: account(), onProgress });
    expect(result).toEqual({ digest, upToDate: false });
    const end = seen.at(-1);
    expect(end).toMatchObject({ fraction: 1, done: end?.total });
    expect(end?.done).toBeGreaterThan(3 * bigLayerBytes);
    expect(end?.layers.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    const fractions = seen.flatMap(({ fraction }) => fraction ?? []);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.some((fraction) => fraction > 0 && fraction < 1)).toBe(true);

    expect(await engine.pull(named('team/big:1.0'), { auth: account() })).toEqual({
      ...{ digest, upToDate: true },
    });
    const [image] = await engine.listImages();
    expect(image?.tags).toEqual([named('team/big:1.0')]);
    expect(image?.digests).toEqual([`${registry.address}/team/big@${digest}`]);
  });

  it('pulls by digest, and another platform', async () => {
    trust(registry);
    const { digest } = registry.images['team/hello:1.0'];
    const byDigest = `${registry.address}/team/hello@${digest}`;
    expect(await engine.pull(byDigest, { auth: account() })).toMatchObject({ digest });
    const arm = { auth: account(), platform: 'linux/arm64' };
    await engine.pull(named('team/multi:1.0'), arm);
    const { stdout } = await lab.docker([
      ...['image', 'inspect', '--format', '{{.Architecture}}', named('team/multi:1.0')],
    ]);
    expect(stdout).toBe('arm64\n');
  });

  it('is stopped in the middle of a pull, keeps nothing of it, and can begin again', async () => {
    trust(registry);
    const tasks = createTasks({ clock: systemClock, logError: () => undefined });
    const reference = named('team/big:1.0');
    let id = '';
    id = tasks.start('pull', reference, ({ signal, report }) =>
      engine.pull(reference, {
        auth: account(),
        signal,
        onProgress: (progress) => {
          report(progress);
          if (progress.done > 0) tasks.cancel(id);
        },
      }),
    );
    const watched = new AbortController();
    for await (const [task] of tasks.watch(watched.signal)) {
      if (task?.state === 'running') continue;
      expect(task).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED' } });
      watched.abort();
    }
    await tasks.dispose();
    expect(await engine.listImages()).toEqual([]);
    await engine.pull(reference, { auth: account() });
    expect(await engine.listImages()).toHaveLength(1);
  });

  it('says why a pull failed', async () => {
    const hello = named('team/hello:1.0');
    await expect(engine.pull(hello, { auth: account() })).rejects.toMatchObject({
      code: 'ENGINE_UNTRUSTED',
      data: { address: registry.address },
    });
    trust(registry);
    await expect(engine.pull(hello, { auth: null })).rejects.toMatchObject({
      code: 'ENGINE_SIGNED_OUT',
    });
    await expect(engine.pull(hello, { auth: wrong() })).rejects.toMatchObject({
      code: 'ENGINE_SIGNED_OUT',
    });
    const absent = [`${registry.address}/team/hello:none`, `${registry.address}/team/none:1.0`];
    for (const reference of absent) {
      await expect(engine.pull(reference, { auth: account() })).rejects.toMatchObject({
        code: 'ENGINE_NOT_FOUND',
        data: { reference },
      });
    }
  });
});
