import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { buildTarget } from './build-target.ts';
import { exitWithSentence, isRunDirectly } from './command.mjs';
import { ensureHelperExecutable, helperFiles } from './helper-executable.ts';
import { drawIcon } from './icon.ts';
import { page } from './page.ts';
import { distFolder } from './project.mjs';
import { type OutputFile, removeStale, writeOutputs } from './replace-outputs.ts';
import {
  describeSizes,
  formatKilobytes,
  measureRendererJs,
  rendererBudgetProblem,
} from './sizes.ts';
import { hashSources, isStamped, writeStamp } from './stamp.ts';
import { type Target, targets } from './targets.ts';

/**
 * Makes dist/ from the sources, unless it was made from these very sources already.
 * @throws {Error} with all that went wrong, ready for the terminal
 */
export async function ensureBundles(): Promise<void> {
  const outputs = targets.map((target) => target.output);
  const whole = [...outputs, ...helperFiles()];
  if (await isStamped(await hashSources(), whole)) return;
  await withLock(async () => {
    const sources = await hashSources();
    if (await isStamped(sources, whole)) return;
    const started = Date.now();
    const files = [page, drawIcon(), ...(await buildTargets(targets))];
    await writeOutputs(files);
    const say = (line: string) => console.error(line);
    const helper = await ensureHelperExecutable({ folder: distFolder, say });
    await removeStale([...files.map(({ path }) => path), ...helper]);
    const renderer = await measureRendererJs();
    const problem = rendererBudgetProblem(renderer);
    if (problem) throw new Error(problem);
    // Without the standalone helper dist/ is not whole, and the next start tries again.
    if (helper.length > 0) await writeStamp(sources);
    console.log(`Bundled in ${Date.now() - started} ms:\n${await describeSizes(outputs)}`);
    console.log(`  JavaScript that one window can load, gzipped: ${formatKilobytes(renderer)}`);
  });
}

/**
 * Makes only the named outputs of dist/ (such as `regent.mjs`), always anew and without a stamp.
 * @throws {Error} for a name that is not there, and as `ensureBundles`
 */
export async function bundleOnly(names: readonly string[]): Promise<void> {
  const chosen = names.map((name) => {
    const target = targets.find(({ output }) => output === name);
    if (!target) throw new Error(`no such output: ${name}`);
    return target;
  });
  await withLock(async () => {
    await writeOutputs([page, drawIcon(), ...(await buildTargets(chosen))]);
    console.log(await describeSizes(names));
  });
}

async function withLock(work: () => Promise<void>): Promise<void> {
  await mkdir(distFolder, { recursive: true });
  const release = await lock(distFolder, {
    lockfilePath: join(distFolder, '.lock'),
    retries: { retries: 120, minTimeout: 100, maxTimeout: 1000 },
  });
  try {
    await work();
  } finally {
    await release();
  }
}

async function buildTargets(chosen: readonly Target[]): Promise<readonly OutputFile[]> {
  const results = await Promise.allSettled(chosen.map(buildTarget));
  const problems = results.flatMap((result) =>
    result.status === 'rejected' ? [String((result.reason as Error).message)] : [],
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

// `node --import tsx main/build/bundle.ts [OUTPUT…]`
if (isRunDirectly(import.meta.url)) {
  const names = process.argv.slice(2);
  await exitWithSentence(() => (names.length > 0 ? bundleOnly(names) : ensureBundles()));
}
