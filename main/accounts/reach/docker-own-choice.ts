import { findOnPath } from '../../platform/find-on-path.ts';
import type { HelperPrograms } from '../import/helper-programs.ts';

/**
 * The helper that docker takes by itself where its file says nothing, and writes down with its next change of the file
 * (docker/cli: cli/config/credentials/default_store_*.go); undefined when that one is not there.
 */
export async function dockerOwnChoice(
  programs: HelperPrograms,
  platform: NodeJS.Platform,
  path: string,
): Promise<string | undefined> {
  const helper = await preferred(platform, path);
  return helper !== undefined && (await programs.isThere(helper)) ? helper : undefined;
}

async function preferred(platform: NodeJS.Platform, path: string): Promise<string | undefined> {
  if (platform === 'darwin') return 'osxkeychain';
  if (platform === 'win32') return 'wincred';
  if (platform !== 'linux') return undefined;
  return (await findOnPath('pass', path)) === undefined ? 'secretservice' : 'pass';
}
