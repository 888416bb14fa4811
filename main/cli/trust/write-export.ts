import { mkdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import type { ExportedFile } from '../../../shared/model/trust.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';

/**
 * Writes the files of an export where the person said: several into that folder, one under that name, or into
 * it where it is a folder. What stands there under the same name is written over.
 * @returns the absolute paths @throws RegentError `FILE_FAILED`
 */
export async function writeExport(
  files: readonly ExportedFile[],
  output: string,
): Promise<readonly string[]> {
  const target = resolve(output);
  const isFolder = files.length > 1 || output.endsWith('/') || (await isDirectory(target));
  const paths: string[] = [];
  for (const { path, mode, content } of files) {
    const destination = isFolder ? within(target, path) : target;
    try {
      await mkdir(dirname(destination), { recursive: true });
      await writeAtomically(destination, content, { mode: Number.parseInt(mode, 8) });
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? '';
      throw new RegentError('FILE_FAILED', { path: destination, reason }, error);
    }
    paths.push(destination);
  }
  return paths;
}

function within(folder: string, path: string): string {
  const destination = join(folder, path);
  const way = relative(folder, destination);
  if (way !== '' && !way.startsWith('..') && !isAbsolute(way)) return destination;
  throw new RegentError('FILE_FAILED', { path, reason: 'EINVAL' });
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
