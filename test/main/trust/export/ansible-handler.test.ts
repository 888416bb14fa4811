import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { handlers } from '../../../../main/trust/export/ansible/role-facts.ts';
import { describeUnless } from '../../../lab/index.ts';

interface Handler {
  readonly name: string;
  readonly 'ansible.builtin.command': { readonly argv: readonly string[] };
}

const why = process.platform === 'linux' ? undefined : 'the handler asks /proc';

describeUnless(why, 'the handler that has the engine read again', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'handler-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Starts a program of that name which does nothing. */
  const start = async (name: string): Promise<ChildProcess> => {
    const program = join(folder, name);
    copyFileSync('/bin/sleep', program);
    child = spawn(program, ['60'], { stdio: 'ignore' });
    await once(child, 'spawn');
    return child;
  };
  /** Runs it where docker.pid says that. */
  const reload = (pid: string | undefined) => {
    const file = join(folder, 'docker.pid');
    if (pid !== undefined) writeFileSync(file, pid);
    const all = parse(handlers) as readonly Handler[];
    const [program = '', ...args] =
      all.find(({ name }) => name === 'Reload Docker Engine')?.['ansible.builtin.command'].argv ??
      [];
    const here = args.map((arg) => arg.replaceAll('/var/run/docker.pid', file));
    expect(here).not.toEqual(args);
    const { status, stderr } = spawnSync(program, here, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  };

  it('tells the engine', async () => {
    const engine = await start('dockerd');
    const ended = once(engine, 'exit');
    reload(String(engine.pid));
    expect(await ended).toEqual([null, 'SIGHUP']);
  });

  it('tells no other program that has its number now', async () => {
    const other = await start('other');
    reload(`${other.pid}\n`);
    const ended = once(other, 'exit');
    // What arrives first would end it: the handler's signal was sent before this one.
    other.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  });

  it.each([undefined, '', '-1', 'nonsense'])('does nothing with %j', (pid) => reload(pid));
});
