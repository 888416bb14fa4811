import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { beforeAll, expect, it } from 'vitest';
import { createEngine } from '../../main/engine/create-engine.ts';
import type { PullProgress } from '../../main/engine/pull-progress.ts';
import { openTerminal } from '../e2e/terminal.ts';
import {
  createUser,
  describeWithLab,
  type LabEngine,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
} from '../lab/index.ts';
import { race, report } from './compare.ts';

describeWithLab('pulling 24 MiB, against the docker CLI', ['engine', 'registry'], () => {
  let engine: LabEngine;
  let registry: SharedRegistry;
  let image: string;

  beforeAll(async () => {
    engine = await sharedEngine();
    registry = await sharedRegistry('tls-open');
    image = `${registry.address}/team/big:1.0`;
    const folder = `/etc/docker/certs.d/${registry.address}`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ca.crt'), registry.caPem);
  });

  /** Pulls into an engine without the image; removing it again does not count. */
  const pulling = (pull: () => Promise<unknown>) => async () => {
    const started = performance.now();
    await pull();
    const time = performance.now() - started;
    expect((await engine.docker(['rmi', image])).status).toBe(0);
    return time;
  };
  const byDocker = pulling(async () => {
    expect(await engine.docker(['pull', image])).toMatchObject({ status: 0, stderr: '' });
  });

  it('through the socket, with progress', async () => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const paths = { home, dockerConfig: join(home, '.docker') };
    const { pull } = createEngine({ env: {}, paths });
    const seen: PullProgress[] = [];
    const times = await race(
      11,
      pulling(() => pull(image, { auth: null, onProgress: (step) => seen.push(step) })),
      byDocker,
    );
    expect(seen.length).toBeGreaterThan(0);
    report({ name: 'pull through the socket', ...times, unit: 'ms', budget: { atMost: 1.05 } });
  });

  it('by command, with the start of the program', async () => {
    const terminal = await openTerminal(await createUser());
    const times = await race(
      5,
      pulling(async () => {
        expect(await terminal.regent(['pull', image])).toMatchObject({ status: 0 });
      }),
      byDocker,
    );
    report({ name: 'regent pull', ...times, unit: 'ms' });
  });
});
