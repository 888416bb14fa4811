import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled, nodeProblem } from '../../../main/build/bootstrap.mjs';

describe('the Node that builds Regent', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.11.1'])('can be %s', (version) => {
    expect(nodeProblem(version)).toBeUndefined();
  });

  it.each(['20.18.3', '18.20.0', '16.0.0'])('cannot be %s, and says what is needed', (version) => {
    expect(nodeProblem(version)).toContain('20.19');
    expect(nodeProblem(version)).toContain(version);
  });
});

describe('installed packages', () => {
  let folder: string;
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-o', optional: true },
  };
  const write = (name: string, packages: object) =>
    writeFile(join(folder, name), JSON.stringify({ packages }));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regent-bootstrap-'));
    await mkdir(join(folder, 'node_modules'));
    await write('package-lock.json', locked);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are missing before the first installation', () => {
    expect(isInstalled(folder)).toBe(false);
  });

  it('are there when each is the locked one, but for those of another platform', async () => {
    await write('node_modules/.package-lock.json', { 'node_modules/a': locked['node_modules/a'] });
    expect(isInstalled(folder)).toBe(true);
  });

  it.each([
    ['is missing', {}],
    ['is older', { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } }],
    ['has other bytes', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }],
  ])('are not there when one %s', async (_what, installed) => {
    await write('node_modules/.package-lock.json', installed);
    expect(isInstalled(folder)).toBe(false);
  });
});
