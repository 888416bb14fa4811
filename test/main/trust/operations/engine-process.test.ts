import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { daemonJson } from '../../../../main/trust/edit/daemon-json.ts';
import { bindEdit } from '../../../../main/trust/operations/bind-edit.ts';
import {
  checkCommandLine,
  findEngine,
  programOf,
} from '../../../../main/trust/operations/engine-process.ts';
import type { EditFile } from '../../../../main/trust/operations/operation.ts';

describe('a running engine', () => {
  let folder: string;
  let running: ChildProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'engine-'));
  });
  afterEach(() => {
    running?.kill('SIGKILL');
    running = undefined;
    rmSync(folder, { recursive: true });
  });

  const readBy = () => ({ pidFile: join(folder, 'docker.pid'), program: 'dockerd' });
  const start = async (flags: readonly string[], name = 'dockerd') => {
    const program = join(folder, name);
    // The kernel calls a script's process by the script's name.
    writeFileSync(program, '#!/bin/sh\necho up\nread -r line\n', { mode: 0o755 });
    const child = spawn(program, flags, { stdio: ['pipe', 'pipe', 'ignore'] });
    running = child;
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    writeFileSync(readBy().pidFile, `${child.pid}\n`);
  };
  const check = () => {
    const edit: EditFile = {
      ...{ kind: 'edit', path: '/etc/docker/daemon.json', folders: [], folderMode: 0o755 },
      ...{ mode: 0o644, edit: bindEdit(daemonJson, { address: 'reg.test' }), readBy: readBy() },
    };
    return checkCommandLine(edit);
  };

  it('is found by its process id and its name', async () => {
    expect(await findEngine(readBy())).toBeUndefined();
    await start([]);
    expect(await findEngine(readBy())).toBe(running?.pid);
    expect(await programOf(readBy())).toMatch(/sh$/);
  });

  it.each(['', 'x', '-1', '0', '1 2', '99999999999', String(2 ** 31 - 1)])(
    'is none by a file that says %j',
    async (text) => {
      writeFileSync(readBy().pidFile, text);
      expect(await findEngine(readBy())).toBeUndefined();
      await expect(check()).resolves.toBeUndefined();
    },
  );

  it('is none when another program has got its process id', async () => {
    await start(['--insecure-registry', 'a.test'], 'other');
    expect(await findEngine(readBy())).toBeUndefined();
    await expect(check()).resolves.toBeUndefined();
  });

  it.each([
    [['-H', 'fd://'], undefined, ''],
    [['--config-file=/etc/docker/daemon.json'], undefined, ''],
    [['--config-file', '/etc/other.json'], 'readElsewhere', '/etc/other.json'],
    [['--insecure-registry=a.test'], 'startedWithFlag', '--insecure-registry=a.test'],
    [
      ['--insecure-registry', 'a.test', '--insecure-registry', '10.0.0.0/8'],
      'startedWithFlag',
      '--insecure-registry=a.test --insecure-registry=10.0.0.0/8',
    ],
  ])('that was started with %j has its settings edited, or %s', async (flags, reason, detail) => {
    await start(flags);
    if (reason) await expect(check()).rejects.toMatchObject({ reason, detail });
    else await expect(check()).resolves.toBeUndefined();
  });
});
