import { type BuildFailure, type BuildResult, build, formatMessages } from 'esbuild';
import { findImportProblems } from './imports.ts';
import type { OutputFile } from './replace-outputs.ts';
import type { Target } from './targets.ts';

/**
 * Bundles one target, without writing it.
 * @throws {Error} with all that went wrong, ready for the terminal
 */
export async function buildTarget(target: Target): Promise<readonly OutputFile[]> {
  const result = await bundle(target);
  const problems = findImportProblems(target, result.metafile ?? { inputs: {}, outputs: {} });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return (result.outputFiles ?? []).map(({ path, contents }) => ({ path, content: contents }));
}

/** The npm packages that a target holds parts of: their folders, relative to the project. @throws {Error} as `buildTarget` */
export async function listPackages(target: Target): Promise<readonly string[]> {
  const { metafile } = await bundle(target);
  const paths = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = paths.map(
    (path) => /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path)?.[0],
  );
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}

function bundle(target: Target): Promise<BuildResult> {
  const options = { ...target.options, external: [...target.external] };
  return build(options).catch(async (failure: BuildFailure) => {
    const lines = await formatMessages(failure.errors ?? [], { kind: 'error' });
    throw new Error(`${target.output} could not be built:\n${lines.join('') || failure.message}`);
  });
}
