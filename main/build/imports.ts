import { builtinModules } from 'node:module';
import type { Metafile } from 'esbuild';
import type { Target } from './targets.ts';

const builtins = new Set(builtinModules);

/** What a built target does that it must not: an import left outside, or a source from a wrong room. */
export function findImportProblems(
  target: Pick<Target, 'output' | 'external' | 'onlyFrom'>,
  metafile: Metafile,
): readonly string[] {
  const outside = Object.values(metafile.outputs)
    .flatMap((output) => output.imports)
    .filter((imported) => imported.external)
    .map((imported) => imported.path)
    .filter((path) => !path.startsWith('node:') && !builtins.has(path))
    .filter((path) => !target.external.includes(path));
  const strangers = target.onlyFrom
    ? Object.keys(metafile.inputs).filter((path) => !isFrom(path, target.onlyFrom ?? []))
    : [];
  return [
    ...[...new Set(outside)].map((path) => `${target.output} imports ${path} from outside`),
    ...strangers.map((path) => `${target.output} must not contain ${path}`),
  ];
}

function isFrom(path: string, folders: readonly string[]): boolean {
  return path.startsWith('(disabled)') || folders.some((folder) => path.startsWith(folder));
}
