import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { describeUnless } from '../lab/describe-with-lab.ts';
import { run } from '../lab/processes.ts';
import { inSandbox, whyNoSandbox } from './sandbox.mjs';

/** Processes of the whole machine whose command line holds a text, with the namespaces they are in. */
function processesWith(text: string): readonly { pid: string; mounts: string; network: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        if (!words.includes(text)) return [];
        const [mounts, network] = ['mnt', 'net'].map((ns) => readlinkSync(`/proc/${pid}/ns/${ns}`));
        return [{ pid, mounts: mounts ?? '', network: network ?? '' }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** Namespaces, of any kind, that any process of the machine is still in. */
function namespacesInUse(): ReadonlySet<string> {
  const all = readdirSync('/proc').flatMap((pid) => {
    try {
      return ['mnt', 'net', 'pid'].map((ns) => readlinkSync(`/proc/${pid}/ns/${ns}`));
    } catch {
      return [];
    }
  });
  return new Set(all);
}

async function eventually<T>(look: () => T, wanted: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 500; tries += 1) {
    const value = look();
    if (wanted(value)) return value;
    await sleep(20);
  }
  return look();
}

/** Starts a run of its own, as `npm test` does, with a command inside the sandbox that never ends. */
function startRun(marker: number): ChildProcess {
  const program = `
    import { runChild } from ${JSON.stringify(join(process.cwd(), 'test/setup/run-child.mjs'))};
    import { inSandbox } from ${JSON.stringify(join(process.cwd(), 'test/setup/sandbox.mjs'))};
    await runChild(inSandbox(['bash', '-c', 'setsid sleep ${marker} & exec sleep ${marker}']));`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
}

describeUnless(whyNoSandbox(), 'the sandbox', () => {
  const bash = (script: string) => run(inSandbox(['bash', '-c', script]));

  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
    it(`leaves no process, mount or network behind when the run gets ${signal}`, async () => {
      const marker = randomInt(1e8, 1e9);
      const sleeper = `sleep\0${marker}`;
      const starter = startRun(marker);
      const inside = await eventually(
        () => processesWith(sleeper),
        (found) => found.length === 2,
      );
      expect(inside).toHaveLength(2);
      const { mounts = '', network = '' } = inside[0] ?? {};
      expect(readlinkSync('/proc/self/ns/mnt')).not.toBe(mounts);
      expect(readlinkSync('/proc/self/ns/net')).not.toBe(network);
      expect(namespacesInUse()).toContain(mounts);

      starter.kill(signal);

      expect(
        await eventually(
          () => processesWith(sleeper),
          (left) => left.length === 0,
        ),
      ).toEqual([]);
      const gone = (used: ReadonlySet<string>) => !used.has(mounts) && !used.has(network);
      expect(gone(await eventually(namespacesInUse, gone))).toBe(true);
      expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain('regent-lab');
    });
  }

  it('keeps two runs at once apart', async () => {
    // Both write the same files, take the same address and wait until the other one has as well.
    const script = (mine: string) => `
      set -eu
      test ! -e /etc/docker/mine -a ! -e /tmp/mine -a ! -e /run/mine -a ! -e "$HOME/mine"
      for path in /etc/docker/mine /tmp/mine /run/mine "$HOME/mine" /usr/local/bin/mine /var/lib/mine; do
        echo ${mine} > $path
      done
      dbus-daemon --session --fork --address=unix:abstract=regent-sandbox-test
      sleep 0.5
      cat /etc/docker/mine /tmp/mine /run/mine "$HOME/mine" /usr/local/bin/mine /var/lib/mine | sort -u`;
    const [one, two] = await Promise.all([bash(script('one')), bash(script('two'))]);
    expect(one).toMatchObject({ stdout: 'one\n', status: 0 });
    expect(two).toMatchObject({ stdout: 'two\n', status: 0 });
    const left = ['/etc/docker/mine', '/tmp/mine', '/run/mine', '/usr/local/bin/mine'];
    expect(left.filter((path) => existsSync(path))).toEqual([]);
  });

  it('sees the machine as fresh: no Docker settings, only itself in the process list', async () => {
    const { stdout } = await bash(
      'ls -A /etc/docker; ls -d "$HOME/.docker" 2>&-; cat /proc/1/comm',
    );
    expect(stdout).toBe('bash\n');
  });

  it('hands on the exit status', async () => {
    expect((await bash('exit 7')).status).toBe(7);
  });

  it('writes to the project, which it shares with the machine', async () => {
    const mark = join('test/artifacts', `sandbox-${randomInt(1e9)}`);
    await bash(`mkdir -p test/artifacts; touch ${mark}`);
    expect(existsSync(mark)).toBe(true);
    await run(['rm', mark]);
  });
});
