import { findOnPath } from '../../platform/find-on-path.ts';
import type { HelperPrograms } from './helper-programs.ts';

/** Among these docker chooses by itself (docker/cli: cli/config/credentials/default_store_*.go), the first one first. */
export const OWN_CHOICES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['osxkeychain'],
  win32: ['wincred'],
  linux: ['pass', 'secretservice'],
};

/**
 * The helper that docker takes by itself where its file says nothing, and writes down with its next change of the file;
 * undefined when that one is not there.
 */
export async function dockerOwnChoice(
  programs: HelperPrograms,
  platform: NodeJS.Platform,
  path: string,
): Promise<string | undefined> {
  const [first, other] = OWN_CHOICES[platform] ?? [];
  const isUseless = first === 'pass' && (await findOnPath('pass', path)) === undefined;
  const helper = isUseless ? other : first;
  return helper !== undefined && (await programs.isThere(helper)) ? helper : undefined;
}
