import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const node = process.execPath;
/** @param {string} path */
const library = (path) => join(root, 'node_modules', path);
/** @param {string} name */
const script = (name) => [node, '--import', 'tsx', join(here, name)];

/**
 * The checks that need no real parts: types, lint and format, layering, budgets, words.
 * @type {ReadonlyArray<readonly [string, readonly string[]]>}
 */
const checks = [
  ['types', [node, library('typescript/bin/tsc'), '--project', root]],
  [
    'lint and format',
    [node, library('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', root],
  ],
  ['unused code', [node, library('knip/bin/knip.js'), '--no-progress']],
  ['layering', script('layering.ts')],
  ['house rules', script('house-rules.ts')],
  ['sizes', script('sizes.ts')],
  ['catalogue', script('catalogue.ts')],
  ['words', script('words.ts')],
];

let failed = 0;
for (const [name, [command = node, ...args]] of checks) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed += 1;
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}\n`);
}
process.exitCode = failed === 0 ? 0 : 1;
