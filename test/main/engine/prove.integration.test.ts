import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createEngine } from '../../../main/engine/create-engine.ts';
import { describeWithLab, newerEngine, silentHost } from '../../lab/index.ts';
import { newerEngineFolder } from '../../setup/newer-engine.mjs';

/** How many docker programs are building. */
const builds = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return /docker(-buildx)?\0.*build\0-\0$/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch {
        return false;
      }
    }).length;

describeWithLab('a proof by a real build', ['engine', 'newer-engine', 'buildx'], () => {
  it('is stopped with all its programs, and leaves no folder behind', async () => {
    const { socketPath } = await newerEngine('classic');
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const dockerConfig = join(home, '.docker');
    mkdirSync(join(dockerConfig, 'cli-plugins'), { recursive: true });
    const plugin = join(dockerConfig, 'cli-plugins/docker-buildx');
    symlinkSync(join(newerEngineFolder, 'docker-buildx'), plugin);
    const env = { PATH: process.env.PATH, HOME: home, DOCKER_HOST: `unix://${socketPath}` };
    const engine = createEngine({ env, paths: { home, dockerConfig } });
    const controller = new AbortController();
    const proof = engine.prove('docker-engine', `${silentHost.name}:5000`, {
      ...{ auth: null, signal: controller.signal },
    });
    const ended = expect(proof).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(builds, { timeout: 20_000 }).toBeGreaterThan(1);
    controller.abort();
    await ended;
    await expect.poll(builds, { timeout: 20_000 }).toBe(0);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('regent-docker-'))).toEqual([]);
  });
});
