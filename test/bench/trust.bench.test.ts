import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { beforeAll, expect, it } from 'vitest';
import { createEngine } from '../../main/engine/create-engine.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { writeAtomically } from '../../main/platform/write-atomically.ts';
import { userPlaces } from '../../main/trust/targets/user-places.ts';
import { createTrust } from '../../main/trust/trust.ts';
import {
  describeWithLab,
  type LabEngine,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
} from '../lab/index.ts';
import { race, report } from './compare.ts';

describeWithLab('trusting, against the round trips it needs', ['engine', 'registry'], () => {
  let engine: LabEngine;
  let registry: SharedRegistry;
  let folder: string;

  beforeAll(async () => {
    engine = await sharedEngine();
    registry = await sharedRegistry('tls-open');
    folder = `/etc/docker/certs.d/${registry.address}`;
  });

  /** From the first look to the engine's own answers; undoing it does not count. */
  const byRegent = async () => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const dockerConfig = join(home, '.docker');
    const places = await userPlaces({}, 'linux', { home, dockerConfig, data: join(home, 'data') });
    const elevate = () => Promise.reject(new Error('root needs no elevation'));
    const started = performance.now();
    const trust = createTrust({ places, path: '', clock: systemClock, elevate });
    const { address, caPem: pem } = registry;
    const plan = await trust.plan({ address, pem, consumers: ['docker-engine'] });
    await trust.apply(plan.planId);
    const { prove } = createEngine({ env: {}, paths: { home, dockerConfig } });
    const proofs = await prove('docker-engine', address, { auth: null });
    const time = performance.now() - started;
    expect(proofs.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
    await trust.revoke({ address });
    return time;
  };

  /** The same looked at as bare requests and writes, one after the other, with nothing decided. */
  const bare = async () => {
    const started = performance.now();
    await askRegistry();
    mkdirSync(folder, { recursive: true });
    await writeAtomically(join(folder, 'ca.crt'), registry.caPem, { mode: 0o644 });
    await askEngine('GET', '/info');
    await askEngine('POST', '/auth', {
      username: 'x',
      password: 'x',
      serveraddress: registry.address,
    });
    await askEngine('POST', `/images/create?fromImage=${registry.address}/none&tag=none`);
    const time = performance.now() - started;
    rmSync(folder, { recursive: true });
    return time;
  };

  const askRegistry = () =>
    new Promise<void>((resolve, reject) => {
      const url = `https://${registry.address}/v2/`;
      const call = request(url, { ca: registry.caPem, agent: false }, (response) => {
        response.resume().once('end', resolve);
      });
      call.once('error', reject).end();
    });

  const askEngine = (method: string, path: string, body?: object) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json' };
      const call = requestPlain(
        { socketPath: engine.socketPath, method, path, headers },
        (answer) => {
          answer.resume().once('end', resolve);
        },
      );
      call.once('error', reject).end(body ? JSON.stringify(body) : undefined);
    });

  it('from the first look to the proof', async () => {
    mkdirSync(dirname(folder), { recursive: true });
    const times = await race(9, byRegent, bare);
    report({ name: 'probe to proof', ...times, unit: 'ms' });
  });
});
