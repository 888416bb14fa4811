import { join } from 'node:path';
import { findByTrace, homeCertsFiles, homeRegistryFolders } from './docker-desktop.ts';
import type { Consumer } from './target.ts';

/**
 * Colima: it copies the folder into its virtual machine when it starts, and never takes anything away there
 * (abiosoft/colima, environment/vm/lima/certs.go).
 */
export const colima: Consumer = {
  id: 'colima',
  scope: 'user',
  find: (machine) => findByTrace(machine, [join(machine.places.home, '.colima')]),
  registryFolders: homeRegistryFolders,
  operations: homeCertsFiles,
  notes: async ({ address }) => [
    { code: 'restart-command', facts: { command: 'colima restart' } },
    {
      code: 'undo-in-machine',
      facts: { command: `colima ssh -- sudo rm -r '/etc/docker/certs.d/${address}'` },
    },
  ],
};
