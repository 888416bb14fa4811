import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { distFolder } from './project.mjs';

/** The most gzipped JavaScript that the window may load, in bytes. */
export const rendererBudgetBytes = 300_000;

/** A language's words; a window loads those of its reader's language and no others. */
const LANGUAGE = /^chunks[\\/](?:en|ko|pl)-[^\\/]+\.js$/;

/** Gzipped bytes of all JavaScript that one window can load: of the languages only the largest counts. */
export async function measureRendererJs(folder = join(distFolder, 'renderer')): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const scripts = names.filter((name) => name.endsWith('.js'));
  const measure = async (some: readonly string[]): Promise<readonly number[]> =>
    Promise.all(some.map(async (name) => gzipSync(await readFile(join(folder, name))).length));
  const shared = await measure(scripts.filter((name) => !LANGUAGE.test(name)));
  const languages = await measure(scripts.filter((name) => LANGUAGE.test(name)));
  return Math.max(0, ...languages) + shared.reduce((sum, size) => sum + size, 0);
}

/** The sentence to fail with when the renderer is over its budget, or undefined. */
export function rendererBudgetProblem(bytes: number): string | undefined {
  if (bytes <= rendererBudgetBytes) return undefined;
  return `the renderer has ${formatKilobytes(bytes)} of gzipped JavaScript, ${formatKilobytes(rendererBudgetBytes)} are allowed`;
}

/** A table of what is in dist/, for the terminal. */
export async function describeSizes(outputs: readonly string[]): Promise<string> {
  const rows = await Promise.all(
    outputs.map(async (output) => {
      const { size } = await stat(join(distFolder, output));
      return `  ${output.padEnd(30)} ${formatKilobytes(size).padStart(10)}`;
    }),
  );
  return rows.join('\n');
}

/** Bytes as kB (1,000 bytes) with one decimal. */
export function formatKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
