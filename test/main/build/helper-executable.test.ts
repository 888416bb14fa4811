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

it('leaves no executable for a system that nobody makes a runtime for, and says why', async () => {
  const system = { platform: 'aix', arch: 'ppc64' };
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  expect(await makeHelperExecutable({ folder, system, say })).toEqual([]);
  expect(said.join('\n')).toContain(`${system.platform}-${system.arch}, so it needs Node`);
  expect(said.join('\n')).toContain('no Bun');
  expect(await readdir(folder)).toEqual([]);
});
