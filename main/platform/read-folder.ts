import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The texts of a folder's files, by name order, whose names end so; none when there is no folder. A file that can't be read is left out. */
export async function readFolder(folder: string, suffix = ''): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const chosen = names.filter((name) => name.endsWith(suffix)).sort();
  const texts = await Promise.all(
    chosen.map((name) => readFile(join(folder, name), 'utf8').catch(() => undefined)),
  );
  return texts.filter((text) => text !== undefined);
}
