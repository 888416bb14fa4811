import { join } from 'node:path';
import { findByTrace, homeCertsFiles, homeRegistryFolders } from './docker-desktop.ts';
import type { Consumer } from './target.ts';

/** Rancher Desktop with Docker's engine: its machine's trust folder is a link to the one below the home. */
export const rancherDesktop: Consumer = {
  id: 'rancher-desktop',
  scope: 'user',
  find: (machine) =>
    machine.places.platform === 'win32'
      ? Promise.resolve(undefined)
      : findByTrace(machine, [join(machine.places.home, '.rd')]),
  registryFolders: homeRegistryFolders,
  operations: homeCertsFiles,
};
