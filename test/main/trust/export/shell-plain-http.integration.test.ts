import { chmodSync, chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabEngine,
  run,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
} from '../../../lab/index.ts';
import {
  forgetTrust,
  hiding,
  pullWithEngine,
  settingsFolders,
  trustIn,
  writeExport,
} from './lab-export.ts';

const snapshot = () => settingsFolders.map(snapshotTree);

describeWithLab('the exported shell script for plain HTTP', ['engine', 'registry'], () => {
  let engine: LabEngine;
  let registry: SharedRegistry;
  let script: string;

  beforeAll(async () => {
    registry = await sharedRegistry('plain');
    // The script names the system's own places, and that is where the shared engine lives.
    engine = await sharedEngine();
  });
  beforeEach(() => {
    forgetTrust();
    script = writeExport(trustIn(registry), 'shell').paths[0] ?? '';
  });
  afterEach(async () => {
    await reload('{"insecure-registries": []}');
    forgetTrust();
  });

  const reload = async (daemonJson: string | undefined) => {
    if (daemonJson === undefined) return;
    writeFileSync('/etc/docker/daemon.json', daemonJson);
    process.kill(engine.pid, 'SIGHUP');
    await sleep(1000);
  };
  const list = async () => {
    await sleep(1000);
    const format =
      '{{json .RegistryConfig.InsecureRegistryCIDRs}}{{json .RegistryConfig.IndexConfigs}}';
    return (await engine.docker(['info', '--format', format])).stdout;
  };

  it.each([
    ['no daemon.json', undefined, 'python3'],
    ['a daemon.json', '{\n\t"debug": false,\n\t"labels": ["a=ü"]\n}\n', 'python3'],
    ['a daemon.json', '{"insecure-registries":["other.test:5000"],"debug":false}', 'python3'],
    ['no daemon.json', undefined, 'jq'],
    ['a daemon.json', '{"insecure-registries":["other.test:5000"],"debug":false}', 'jq'],
  ])('edits %s (%s) by %s, live, and puts the old bytes back', async (_, text, tool) => {
    await reload(text);
    const before = snapshot();
    const sh = ['sh', '-c', hiding(tool === 'jq' ? ['python3'] : ['jq']), 'sh', script];
    expect(await pullWithEngine(engine, `${registry.address}/team/hello:1.0`)).not.toBe('');
    expect(await run(sh)).toMatchObject({ status: 0, stderr: '' });
    expect(await list()).toContain(registry.address);
    expect(await pullWithEngine(engine, `${registry.address}/team/hello:1.0`)).toBe('');
    const after = snapshot();
    expect((await run(sh)).stdout).toContain('Nothing had to be changed.');
    expect(snapshot()).toEqual(after);

    expect(await run([...sh, '--remove'])).toMatchObject({ status: 0, stderr: '' });
    expect(snapshot()).toEqual(before);
    expect(await list()).not.toContain(registry.address);
    expect(await pullWithEngine(engine, `${registry.address}/team/hello:1.0`)).not.toBe('');
  });

  const rightsOf = (path: string) => {
    const { mode, uid, gid } = statSync(path);
    return [(mode & 0o7777).toString(8), uid, gid];
  };

  it.each([['dash'], ['bash', '--posix'], ['busybox', 'sh']])(
    'lets nobody read more of daemon.json than before, run by %s',
    async (...shell) => {
      const secret = '{"debug": false, "labels": ["secret=1"]}';
      const daemonJson = '/etc/docker/daemon.json';
      const copy = `${daemonJson}.before-regent-${registry.address.replace(/[^A-Za-z0-9]/g, '-')}`;
      const ways = [
        [0o600, 0],
        [0o640, 7],
        [0o644, 0],
      ] as const;
      for (const [mode, group] of ways) {
        await reload(secret);
        chownSync(daemonJson, 0, group);
        chmodSync(daemonJson, mode);
        const before = snapshot();
        const rights = [mode.toString(8), 0, group];
        expect(await run([...shell, script])).toMatchObject({ status: 0, stderr: '' });
        expect(readFileSync(daemonJson, 'utf8')).toContain(registry.address);
        expect(rightsOf(daemonJson)).toEqual(rights);
        expect(readFileSync(copy, 'utf8')).toBe(secret);
        expect(rightsOf(copy)).toEqual(rights);
        const after = snapshot();
        expect((await run([...shell, script])).stdout).toContain('Nothing had to be changed.');
        expect(snapshot()).toEqual(after);
        expect(await run([...shell, script, '--remove'])).toMatchObject({ status: 0, stderr: '' });
        expect(snapshot()).toEqual(before);
      }
    },
  );

  it('says what to do where nothing can edit JSON', async () => {
    await reload('{"debug": false}');
    const before = snapshotTree('/etc/docker');
    const { status, stdout } = await run(['sh', '-c', hiding(['jq', 'python3']), 'sh', script]);
    expect(status).toBe(1);
    expect(stdout).toContain(`{"insecure-registries": ["${registry.address}"]}`);
    expect(snapshotTree('/etc/docker')).toEqual(before);
  });

  it.each(['{"debug": false, "debug": true}', '{"debug": ', '[]', '{"insecure-registries": "a"}'])(
    'leaves %s alone',
    async (text) => {
      writeFileSync('/etc/docker/daemon.json', text);
      for (const tool of ['jq', 'python3']) {
        const { status } = await run(['sh', '-c', hiding([tool]), 'sh', script]);
        expect(status).toBe(1);
        expect(readFileSync('/etc/docker/daemon.json', 'utf8')).toBe(text);
      }
    },
  );

  it('keeps what was added meanwhile', async () => {
    await reload('{"debug": false}');
    await run(['sh', script]);
    writeFileSync(
      '/etc/docker/daemon.json',
      JSON.stringify({ debug: false, labels: ['a=b'], 'insecure-registries': [registry.address] }),
    );
    expect(await run(['sh', script, '--remove'])).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(readFileSync('/etc/docker/daemon.json', 'utf8'))).toEqual({
      debug: false,
      labels: ['a=b'],
      'insecure-registries': [],
    });
  });
});
