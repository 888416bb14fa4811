import { join } from 'node:path';
import { certsFolderFiles } from './certs-folder.ts';
import type { Consumer, Places } from './target.ts';

function files({ home }: Places): string {
  return join(home, '.minikube', 'files');
}

function registryFolder(address: string, places: Places): string {
  return join(files(places), 'etc', 'docker', 'certs.d', address);
}

/** minikube: what is below this folder is copied into the node when it starts (minikube, file sync). */
export const minikube: Consumer = {
  id: 'minikube',
  scope: 'user',
  find: async ({ places, exists }) => {
    // Windows can't have the colon in the folder's name, and minikube gives it no other meaning.
    if (places.platform === 'win32') return undefined;
    const evidence = join(places.home, '.minikube');
    const place = join(files(places), 'etc', 'docker', 'certs.d');
    return (await exists(evidence)) ? { evidence, place } : undefined;
  },
  registryFolders: (address, places) => [registryFolder(address, places)],
  operations: (wish, places) =>
    certsFolderFiles(wish, files(places), registryFolder(wish.address, places)),
  notes: async () => [{ code: 'restart-command', facts: { command: 'minikube start' } }],
};
