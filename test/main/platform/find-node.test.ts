import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findNode, isRootsOwn } from '../../../main/platform/find-node.ts';

it('outside Electron, Node is the one that runs', async () => {
  expect(await findNode({ PATH: '' }, 'linux')).toBe(process.execPath);
});

it('a program of the system is root’s own', async () => {
  expect(await isRootsOwn('/bin/sh')).toBe(true);
});

it('a program is not root’s own where others can write, or when it is not there', async () => {
  const program = join(mkdtempSync(join(tmpdir(), 'node-')), 'node');
  writeFileSync(program, '');
  chmodSync(program, 0o755);
  expect(await isRootsOwn(program)).toBe(false);
  expect(await isRootsOwn('/no/such/node')).toBe(false);
});
