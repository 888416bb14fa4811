import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** One source file: its path from the project's folder, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The product's own TypeScript (not its tests), sorted by path. */
export function productSources(): readonly Source[] {
  return ['main', 'renderer', 'shared']
    .flatMap((folder) => walk(join(root, folder)))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .sort()
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

/** Prints what a check found and sets the exit status. */
export function report(check: string, summary: string, problems: readonly string[]): void {
  for (const text of problems) process.stderr.write(`${check}: ${text}\n`);
  process.stdout.write(`${check}: ${summary}, ${problems.length} problems\n`);
  if (problems.length > 0) process.exitCode = 1;
}
