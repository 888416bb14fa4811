import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** The absolute folders of a PATH, in order, each once. Relative ones are left out: they mean another folder each time. */
export function foldersOnPath(path: string): readonly string[] {
  return [...new Set(path.split(delimiter).filter(isAbsolute))];
}

/** The first program of that name on the PATH, as the system would start it; undefined when there is none. */
export async function findOnPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of foldersOnPath(path)) {
    const file = join(folder, name);
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
