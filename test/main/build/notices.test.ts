import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { findRuntimeVersion, renderNotices } from '../../../main/build/notices.ts';
import { projectFolder } from '../../../main/build/project.mjs';

const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));

let notices = '';
beforeAll(async () => {
  notices = await renderNotices();
});

it('names the licence of every package in the bundles, and gives its text', () => {
  for (const name of ['@github/keytar', 'zod', 'react', 'undici', 'intl-messageformat']) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  }
  expect(notices).toContain('Permission is hereby granted, free of charge');
  // What only builds and tests is not in there.
  expect(notices).not.toMatch(/^(vitest|esbuild|electron-builder|typescript) \d/m);
});

it('tells what the standalone helper is compiled with, and how to change it', () => {
  const version = manifest.optionalDependencies['@oven/bun-linux-x64-baseline'];
  expect(notices).toContain(`compiled with Bun ${version}`);
  expect(notices).toContain(`bun-v${version}/LICENSE.md`);
  expect(notices).toContain('GNU LIBRARY GENERAL PUBLIC LICENSE');
  expect(notices).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
  expect(notices).toContain('Apache License');
  expect(notices).not.toContain('{version}');
});

it('will not tell of a runtime whose version nobody knows', () => {
  const of = (optionalDependencies: Readonly<Record<string, string>>) =>
    findRuntimeVersion({ optionalDependencies });
  expect(of({ '@oven/bun-a': '1.2.3', '@oven/bun-b': '1.2.3', other: '4' })).toBe('1.2.3');
  expect(() => of({ other: '4' })).toThrow('one version of Bun');
  expect(() => of({ '@oven/bun-a': '1.2.3', '@oven/bun-b': '1.2.4' })).toThrow(
    'one version of Bun',
  );
  expect(() => findRuntimeVersion({})).toThrow('one version of Bun');
});
