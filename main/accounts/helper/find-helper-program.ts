import { access, constants } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HELPER_NAME, type HelperProgram } from './helper-program.ts';

/**
 * Chooses what to install: the standalone executable where it was built, else the script for Node.
 * @param programs the folder of the built programs; in a packed app the executable lies in the app's resources
 */
export async function findHelperProgram(
  programs: string,
  node: string | null,
  platform: NodeJS.Platform,
): Promise<HelperProgram> {
  const script = join(programs, `${HELPER_NAME}.mjs`);
  const unpacked = dirname(programs);
  const folder = basename(unpacked) === 'app.asar.unpacked' ? dirname(unpacked) : programs;
  const path = join(folder, platform === 'win32' ? `${HELPER_NAME}.exe` : HELPER_NAME);
  const isThere = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isThere) return { kind: 'launcher', node, script };
  // Links need rights on Windows that users have not got.
  const kind = platform === 'win32' ? 'copy' : 'executable';
  return { kind, path, script };
}
