import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawIcon } from '../../../main/build/icon.ts';
import { findImportProblems } from '../../../main/build/imports.ts';
import { page } from '../../../main/build/page.ts';
import {
  measureRendererJs,
  rendererBudgetBytes,
  rendererBudgetProblem,
} from '../../../main/build/sizes.ts';

/** What esbuild says of a bundle: its sources, and the imports it left outside. */
function metafile(inputs: readonly string[], outside: readonly string[]) {
  return {
    inputs: Object.fromEntries(inputs.map((path) => [path, { bytes: 1, imports: [] }])),
    outputs: {
      'dist/x.mjs': {
        ...{ bytes: 1, inputs: {}, exports: [] },
        imports: outside.map((path) => ({
          ...{ path, kind: 'import-statement' as const, external: true },
        })),
      },
    },
  };
}

describe('the imports of a bundle', () => {
  const target = { output: 'x.mjs', external: ['@github/keytar'], onlyFrom: ['main/helper/'] };

  it('may be Node’s own and those that are meant to stay outside', () => {
    const outside = ['node:fs', 'fs/promises', '@github/keytar'];
    expect(findImportProblems(target, metafile(['main/helper/main.ts'], outside))).toEqual([]);
  });

  it('may be no package that was forgotten outside', () => {
    const problems = findImportProblems(target, metafile([], ['undici']));
    expect(problems).toEqual(['x.mjs imports undici from outside']);
  });

  it('may come from no other room', () => {
    const problems = findImportProblems(target, metafile(['main/registry/client.ts'], []));
    expect(problems).toEqual(['x.mjs must not contain main/registry/client.ts']);
  });
});

describe('the renderer’s size', () => {
  it('is that of all scripts that one window can load, gzipped: one language, the largest', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'regent-sizes-'));
    await mkdir(join(folder, 'chunks'));
    await writeFile(join(folder, 'index.js'), 'one');
    await writeFile(join(folder, 'chunks', 'late.js'), 'two');
    await writeFile(join(folder, 'chunks', 'en-ABCD.js'), 'words');
    await writeFile(join(folder, 'chunks', 'pl-ABCD.js'), 'inne słowa');
    await writeFile(join(folder, 'index.js.map'), 'not counted');
    const parts = ['one', 'two', 'inne słowa'].map((text) => gzipSync(text).length);
    const expected = parts.reduce((sum, size) => sum + size);
    expect(await measureRendererJs(folder)).toBe(expected);
    await rm(folder, { recursive: true });
  });

  it('fails above the budget only', () => {
    expect(rendererBudgetProblem(rendererBudgetBytes)).toBeUndefined();
    expect(rendererBudgetProblem(rendererBudgetBytes + 1)).toContain('300.0 kB are allowed');
  });
});

describe('the page', () => {
  it('has no inline script or style, which the policy would refuse', () => {
    expect(page.content).not.toMatch(/<style|style=|<script>|\son\w+=/);
  });
});

describe('the icon', () => {
  it('is a PNG of 512 pixels, small', () => {
    const bytes = Buffer.from(drawIcon().content);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([512, 512]);
    expect(bytes.length).toBeLessThan(100_000);
  });
});
