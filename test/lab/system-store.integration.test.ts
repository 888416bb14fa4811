import { expect, it } from 'vitest';
import { describeWithLab } from './describe-with-lab.ts';
import { startEngine } from './engine.ts';
import { run } from './processes.ts';
import { sharedRegistry } from './shared-registry.ts';
import { snapshotTree } from './snapshot-tree.ts';
import { systemStore } from './system-store.ts';

describeWithLab('the system store', ['system-store', 'engine', 'registry', 'busybox'], () => {
  it('is read anew by each new program, but by an engine only when that starts', async () => {
    const store = systemStore();
    const registry = await sharedRegistry('tls-open');
    const image = `${registry.address}/team/hello:1.0`;
    const url = `https://${registry.address}/v2/`;
    const verify = () =>
      run(['openssl', 's_client', '-connect', registry.address, '-verify_return_error']);
    const before = await startEngine();
    const start = snapshotTree(store.folder);
    expect(await store.curl(url)).toMatchObject({ status: 60 });
    expect((await verify()).status).not.toBe(0);
    expect((await before.docker(['pull', image])).stderr).toContain('unknown authority');

    await store.add('lab', registry.caPem);
    expect(await store.curl(url)).toMatchObject({ status: 0, stdout: '{}' });
    expect(await verify()).toMatchObject({ status: 0 });
    process.kill(before.pid, 'SIGHUP');
    expect((await before.docker(['pull', image])).stderr).toContain('unknown authority');
    await before.stop();
    const after = await startEngine();
    expect(await after.docker(['pull', image])).toMatchObject({ status: 0 });
    await after.stop();

    await store.remove('lab');
    expect(await store.curl(url)).toMatchObject({ status: 60 });
    expect(snapshotTree(store.folder)).toEqual(start);
  });
});
