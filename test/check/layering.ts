import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { layers } from './layers.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

interface Violation {
  readonly rule: string;
  readonly text: string;
}

async function violationsIn(baseDir: string): Promise<readonly Violation[]> {
  const folders = readdirSync(baseDir).filter((name) => /^(main|renderer|shared)$/.test(name));
  const { output } = await cruise(folders, {
    baseDir,
    validate: true,
    ruleSet: { forbidden: [...layers] },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  });
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    text: `${rule.name}: ${from} -> ${to}`,
  }));
}

const problems = (await violationsIn(root)).map(({ text }) => text);
for (const { name } of layers) {
  const found = await violationsIn(join(here, 'fixtures', name));
  if (!found.some(({ rule }) => rule === name)) {
    problems.push(`the failing example of ${name} does not fail`);
  }
}
for (const text of problems) process.stderr.write(`${text}\n`);
process.stdout.write(`layering: ${layers.length} rules, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
