import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { statIfThere } from './check-folder.ts';
import { findOnPath } from './find-on-path.ts';

/**
 * The Node.js that runs Regent's credential helper: this very process's, or, inside Electron, the first on the PATH.
 * @returns an absolute path, or null where there is none
 */
export async function findNode(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Promise<string | null> {
  if (!process.versions.electron) return process.execPath;
  return (await findOnPath(platform === 'win32' ? 'node.exe' : 'node', env.PATH ?? '')) ?? null;
}

/**
 * Whether a program may be started as root on the word of the PATH: it and all folders above it belong to root and
 * nobody else can write there. Otherwise any process of this user's could put another program in its place.
 */
export async function isRootsOwn(program: string): Promise<boolean> {
  let path = await realpath(program).catch(() => undefined);
  if (path === undefined) return false;
  for (;;) {
    const stat = await statIfThere(path);
    if (stat?.uid !== 0 || (stat.mode & 0o022) !== 0) return false;
    const parent = dirname(path);
    if (parent === path) return true;
    path = parent;
  }
}
