import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HELPER_NAME } from '../accounts/helper/helper-program.ts';
import { projectFolder } from './project.mjs';

/** Where a package for a Linux system puts the app (electron-builder: linux targets, with this product's name). */
const INSTALLED = '/opt/Regent';

/**
 * Makes the links that a package for a Linux system has in /usr/bin, so that docker finds the helper there without
 * anybody installing it. The package owns them: they come and go with it.
 * @returns what its maker, fpm, is told: the folder's contents go into that other folder
 */
export async function makeCommandLinks(): Promise<readonly string[]> {
  const folder = join(projectFolder, 'node_modules', '.cache', 'regent', 'command-links');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await symlink(join(INSTALLED, 'resources', HELPER_NAME), join(folder, HELPER_NAME));
  return [`${folder}/=/usr/bin`];
}
