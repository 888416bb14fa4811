import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The Node.js that runs Regent's small programs (the credential helper, the elevated step): this very process's,
 * or, inside Electron, the first one on the PATH.
 * @returns an absolute path, or null where there is none
 */
export function findNode(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  if (!process.versions.electron) return process.execPath;
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const places = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name));
  return places.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
