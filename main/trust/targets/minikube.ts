import { join } from 'node:path';
import { certsFolderFiles } from './certs-folder.ts';
import type { Consumer, Places } from './target.ts';

function files({ home }: Places): string {
  return join(home, '.minikube', 'files');
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
  operations: (wish, places) =>
    certsFolderFiles(
      wish,
      files(places),
      join(files(places), 'etc', 'docker', 'certs.d', wish.address),
    ),
  notes: async () => [{ code: 'restart-command', facts: { command: 'minikube start' } }],
};
