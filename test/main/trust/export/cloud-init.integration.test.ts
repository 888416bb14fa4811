import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  describeWithLab,
  run,
  runOrThrow,
  sharedEngine,
  sharedRegistry,
} from '../../../lab/index.ts';
import { pullWithEngine, trustIn, writeExport } from './lab-export.ts';

interface UserData {
  readonly write_files: readonly {
    readonly path: string;
    readonly owner: string;
    readonly permissions: string;
    readonly content: string;
  }[];
  readonly runcmd?: readonly (readonly string[])[];
}

/** Does what cloud-init does with these two modules (cloud-init, cc_write_files and cc_runcmd). */
async function boot(path: string): Promise<void> {
  const data: UserData = parse(readFileSync(path, 'utf8'), { version: '1.1' });
  for (const { path: target, owner, permissions, content } of data.write_files) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    chmodSync(target, Number.parseInt(permissions, 8));
    await runOrThrow(['chown', owner, target]);
  }
  for (const argv of data.runcmd ?? []) await runOrThrow(argv);
}

describeWithLab('exported user data for cloud-init', ['engine', 'registry'], () => {
  afterEach(() => {
    for (const name of ['docker', 'containers', 'containerd']) {
      rmSync(`/etc/${name}/certs.d`, { recursive: true, force: true });
    }
  });

  it('makes the engine of a new machine pull', async () => {
    const engine = await sharedEngine();
    const registry = await sharedRegistry('tls-open');
    const image = `${registry.address}/team/hello:1.0`;
    expect(await pullWithEngine(engine, image)).toContain('unknown authority');
    await boot(writeExport(trustIn(registry), 'cloud-init').paths[0] ?? '');
    expect(await pullWithEngine(engine, image)).toBe('');
    // The shell script finds its own work done, and can take it back.
    const [script = ''] = writeExport(trustIn(registry), 'shell').paths;
    expect((await run(['sh', script])).stdout).toContain('Nothing had to be changed.');
    expect(await run(['sh', script, '--remove'])).toMatchObject({ status: 0, stderr: '' });
    expect(await pullWithEngine(engine, image)).toContain('unknown authority');
  });

  it('makes it pull over plain HTTP', async () => {
    const engine = await sharedEngine();
    const registry = await sharedRegistry('plain');
    const image = `${registry.address}/team/hello:1.0`;
    expect(await pullWithEngine(engine, image)).not.toBe('');
    await boot(writeExport(trustIn(registry), 'cloud-init').paths[0] ?? '');
    await expect.poll(() => pullWithEngine(engine, image), { timeout: 10_000 }).toBe('');
    const [script = ''] = writeExport(trustIn(registry), 'shell').paths;
    expect(await run(['sh', script, '--remove'])).toMatchObject({ status: 0, stderr: '' });
    expect(await pullWithEngine(engine, image)).not.toBe('');
  });
});
