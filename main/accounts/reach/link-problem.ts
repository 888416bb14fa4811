import { lstat, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Problem, problem } from '../../../shared/errors/index.ts';

/**
 * What is wrong with a file's link: it leads in a circle, or into a folder that is not there (as on a disk that is not
 * mounted). One that leads to a file not written yet is in order, as docker writes through it.
 */
export async function linkProblem(path: string): Promise<Problem | undefined> {
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  if (!isLink) return undefined;
  const reason = await codeOf(stat(path));
  if (reason !== 'ENOENT' && reason !== 'ELOOP') return undefined;
  const target = resolve(dirname(path), await readlink(path));
  if (reason === 'ENOENT' && (await codeOf(stat(dirname(target)))) !== 'ENOENT') return undefined;
  return problem('DOCKER_CONFIG_LINK', { path, target });
}

const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
