import { join } from 'node:path';
import { quoteShell } from '../../../shared/model/command-text.ts';
import { certsFolderFiles } from './certs-folder.ts';
import type { Consumer, Places } from './target.ts';

function settings({ home }: Places): string {
  return join(home, '.config', 'containers');
}

/**
 * Podman with a virtual machine: `podman login` reads trust on this side, `podman pull` in the machine, which
 * only a command can reach.
 */
export const podmanMachine: Consumer = {
  id: 'podman-machine',
  scope: 'user',
  find: async ({ places, exists }) => {
    const evidence = join(places.home, '.config', 'containers', 'podman', 'machine');
    const place = join(settings(places), 'certs.d');
    return (await exists(evidence)) ? { evidence, place } : undefined;
  },
  operations: (wish, places) =>
    certsFolderFiles(
      wish,
      join(places.home, '.config'),
      join(settings(places), 'certs.d', wish.address),
    ),
  notes: async ({ address, certificates }, { places }) => {
    const inside = `/etc/containers/certs.d/${address}`;
    const folder = join(settings(places), 'certs.d', address);
    return certificates.map(({ sha256 }) => {
      const name = `regent-${sha256.slice(0, 16)}.crt`;
      const command = `podman machine ssh "sudo mkdir -p '${inside}' && sudo tee '${inside}/${name}' >/dev/null" < ${quoteShell(join(folder, name))}`;
      return { code: 'in-machine-command', facts: { command } };
    });
  },
};
