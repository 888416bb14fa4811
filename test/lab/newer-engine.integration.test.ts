import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { describeWithLab } from './describe-with-lab.ts';
import { newerEngine } from './newer-engine.ts';
import { sharedRegistry } from './shared-registry.ts';

describeWithLab('the newer engine', ['engine', 'newer-engine', 'registry', 'busybox'], () => {
  afterEach(() => rmSync('/etc/docker/certs.d', { recursive: true, force: true }));

  it.each([
    ['classic', 'overlay2'],
    ['containerd', 'overlayfs'],
  ] as const)('keeps its images in the %s store, and pulls into it', async (store, driver) => {
    const engine = await newerEngine(store);
    const format = '{{.ServerVersion}} {{.Driver}}';
    const [version = '', used] = (await engine.docker(['info', '--format', format])).stdout
      .trim()
      .split(' ');
    expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(28);
    expect(used).toBe(driver);

    const { address, caPem, images } = await sharedRegistry('tls-open');
    const folder = join('/etc/docker/certs.d', address);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ca.crt'), caPem);
    const pulled = await engine.docker(['pull', `${address}/team/hello:2.0`]);
    expect(pulled.stderr).toBe('');
    expect(pulled.stdout).toContain(images['team/hello:2.0'].digest);
  });

  it('is one for the whole run', async () => {
    const [one, two] = await Promise.all([newerEngine('classic'), newerEngine('classic')]);
    expect(one.pid).toBe(two.pid);
  });
});
