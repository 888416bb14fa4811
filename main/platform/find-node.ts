import { findOnPath } from './find-on-path.ts';

/**
 * The Node.js that runs Regent's small programs (the credential helper, the elevated step): this very process's,
 * or, inside Electron, the first one on the PATH.
 * @returns an absolute path, or null where there is none
 */
export async function findNode(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Promise<string | null> {
  if (!process.versions.electron) return process.execPath;
  return (await findOnPath(platform === 'win32' ? 'node.exe' : 'node', env.PATH ?? '')) ?? null;
}
