import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeHelperExecutable } from '../../../main/build/helper-executable.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regent-executable-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([
  ['that nobody makes a runtime for', { platform: 'aix', arch: 'ppc64' }, 'no Bun'],
  [
    'whose runtime npm left out',
    process.platform === 'darwin'
      ? { platform: 'linux', arch: 'x64' }
      : { platform: 'darwin', arch: 'arm64' },
    'npm did not install @oven/bun-',
  ],
])('leaves no executable for a system %s, and says why', async (_what, system, reason) => {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  expect(await makeHelperExecutable({ folder, system, say })).toEqual([]);
  expect(said.join('\n')).toContain(`${system.platform}-${system.arch}, so it needs Node`);
  expect(said.join('\n')).toContain(reason);
  expect(await readdir(folder)).toEqual([]);
});
