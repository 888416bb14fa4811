import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithLab } from './describe-with-lab.ts';
import { startDisplay } from './display.ts';
import { sharedEngine } from './engine.ts';
import { type LabKeychain, startKeychain } from './keychain.ts';
import { allowSudo, startPolkit } from './polkit.ts';
import { run } from './processes.ts';
import { snapshotTree } from './snapshot-tree.ts';
import { createUser, type LabUser, runAs, writeUserLauncher } from './users.ts';

describeWithLab("the lab's ordinary user", [], () => {
  let user: LabUser;
  beforeAll(async () => {
    user = await createUser();
  });

  it('has its own id, groups and home, and no way to root files', async () => {
    const { stdout } = await runAs(user, ['/bin/sh', '-c', 'id -un; id -Gn; pwd; echo $HOME']);
    expect(stdout).toBe('regent-lab\nregent-lab docker\n/home/regent-lab\n/home/regent-lab\n');
    expect((await runAs(user, ['touch', '/etc/docker/x'])).status).not.toBe(0);
  });

  it('reads the project and runs its Node', async () => {
    const { stdout } = await runAs(user, [
      process.execPath,
      '-p',
      `require(${JSON.stringify(join(process.cwd(), 'package.json'))}).name`,
    ]);
    expect(stdout).toBe('regent\n');
  });

  it('can be started by a launcher that takes only a path', async () => {
    const launcher = writeUserLauncher(user, '/usr/bin/id');
    expect((await run([launcher, '-u'])).stdout).toBe('12345\n');
  });
});

describeWithLab('the way up to root', ['polkit', 'sudo'], () => {
  it('is open to the user through pkexec', async () => {
    const user = await startPolkit();
    const { status, stdout, stderr } = await runAs(user, ['pkexec', '/usr/bin/id', '-u']);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '0\n', stderr: '' });
  });

  it('passes stdin through pkexec', async () => {
    const user = await startPolkit();
    const { stdout } = await runAs(user, ['pkexec', '/bin/cat'], { input: 'a request' });
    expect(stdout).toBe('a request');
  });

  it('is closed to others', async () => {
    await startPolkit();
    const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--'];
    expect((await run([...nobody, 'pkexec', '/usr/bin/id', '-u'])).status).toBe(127);
  });

  it('is open to the user through sudo', async () => {
    const user = await allowSudo();
    const { stdout, stderr } = await runAs(user, ['sudo', '-n', '/usr/bin/id', '-u']);
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });
});

describeWithLab('the lab keychain', ['keychain'], () => {
  let keychain: LabKeychain;
  beforeAll(async () => {
    keychain = await startKeychain();
  });
  afterAll(() => keychain.stop());

  const tool = (argv: readonly string[], input = '') =>
    run(['secret-tool', ...argv], {
      input,
      env: { ...process.env, ...keychain.env },
      timeoutMs: 20_000,
    });

  it('stores and gives secrets', async () => {
    expect((await tool(['store', '--label=x', 'key', 'one'], 'sesame')).status).toBe(0);
    expect((await tool(['lookup', 'key', 'one'])).stdout).toBe('sesame');
  });

  it('serves keytar in this process', async () => {
    process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
    const keytar = createRequire(import.meta.url)('@github/keytar');
    await keytar.setPassword('regent-lab', 'ada', 'open sesame');
    expect(await keytar.getPassword('regent-lab', 'ada')).toBe('open sesame');
    expect(await keytar.getPassword('regent-lab', 'nobody')).toBeNull();
  });

  it('keeps them back while it is locked, and has them again afterwards', async () => {
    await tool(['store', '--label=x', 'key', 'two'], 'sesame');
    await keychain.lock();
    expect((await tool(['lookup', 'key', 'two'])).stdout).toBe('');
    await keychain.unlock();
    expect((await tool(['lookup', 'key', 'two'])).stdout).toBe('sesame');
  });

  it('writes no secret in the clear', async () => {
    expect(snapshotTree(keychain.folder).length).toBeGreaterThan(1);
    const { stdout } = await run(['grep', '-rl', 'sesame', keychain.folder]);
    expect(stdout).toBe('');
  });

  it('can belong to the ordinary user', async () => {
    const user = await createUser();
    const own = await startKeychain({ user });
    const as = (argv: readonly string[], input = '') => runAs(user, argv, { env: own.env, input });
    expect((await as(['secret-tool', 'store', '--label=x', 'k', 'v'], 'mine')).status).toBe(0);
    expect((await as(['secret-tool', 'lookup', 'k', 'v'])).stdout).toBe('mine');
    await own.stop();
  });
});

describeWithLab('the lab display', ['display'], () => {
  it('gives every display a number of its own', async () => {
    const [one, two] = [await startDisplay(), await startDisplay()];
    expect(one.env.DISPLAY).toMatch(/^:\d+$/);
    expect(two.env.DISPLAY).not.toBe(one.env.DISPLAY);
    await one.stop();
    await two.stop();
  });
});

describeWithLab('the lab engine for the ordinary user', ['engine'], () => {
  it('is reached through the usual socket', async () => {
    const engine = await sharedEngine();
    const user = await createUser();
    const { stdout } = await runAs(user, ['docker', 'info', '--format', '{{.DockerRootDir}}']);
    expect(stdout).toBe(`${engine.dataRoot}\n`);
    expect(readFileSync('/run/docker.pid', 'utf8').trim()).toBe(String(engine.pid));
  });
});
