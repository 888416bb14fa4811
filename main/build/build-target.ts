import { type BuildFailure, build, formatMessages } from 'esbuild';
import { findImportProblems } from './imports.ts';
import type { OutputFile } from './replace-outputs.ts';
import type { Target } from './targets.ts';

/**
 * Bundles one target, without writing it.
 * @throws {Error} with all that went wrong, ready for the terminal
 */
export async function buildTarget(target: Target): Promise<readonly OutputFile[]> {
  const options = { ...target.options, external: [...target.external] };
  const result = await build(options).catch(async (failure: BuildFailure) => {
    const lines = await formatMessages(failure.errors ?? [], { kind: 'error' });
    throw new Error(`${target.output} could not be built:\n${lines.join('') || failure.message}`);
  });
  const problems = findImportProblems(target, result.metafile ?? { inputs: {}, outputs: {} });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return (result.outputFiles ?? []).map(({ path, contents }) => ({ path, content: contents }));
}
