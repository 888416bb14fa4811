import { join } from 'node:path';
import { registriesDropIn } from '../edit/podman-registries.ts';
import type { Operation } from '../operations/operation.ts';
import { certsFolderFiles, foldersBetween, ownFile } from './certs-folder.ts';
import type { Consumer, Machine, Places, TrustWish } from './target.ts';

/** Podman looks below the home itself, whatever XDG_CONFIG_HOME says (containers/image, docker_client.go). */
function userSettings({ home }: Places): string {
  return join(home, '.config', 'containers');
}

function machineSettings({ root }: Places): string {
  return join(root, 'etc', 'containers');
}

const PROGRAMS = ['podman', 'skopeo', 'buildah'];

async function findProgram({ which }: Machine): Promise<string | undefined> {
  for (const program of PROGRAMS) {
    const found = await which(program);
    if (found) return found;
  }
  return undefined;
}

/** Each is read at every command, so all is live. @param root the outermost folder that may be made */
function operationsIn(settings: string, root: string, wish: TrustWish): readonly Operation[] {
  const dropIns = join(settings, 'registries.conf.d');
  const name = `regent-${wish.address.replaceAll(/[^A-Za-z0-9.-]/g, '-')}.conf`;
  return [
    ...certsFolderFiles(wish, root, join(settings, 'certs.d', wish.address)),
    ...(wish.plainHttp
      ? [ownFile(join(dropIns, name), registriesDropIn(wish), foldersBetween(root, dropIns))]
      : []),
  ];
}

/** Podman, Skopeo and Buildah as this user runs them. */
export const podman: Consumer = {
  id: 'podman',
  scope: 'user',
  find: async (machine) => {
    if (machine.places.platform !== 'linux') return undefined;
    const evidence = await findProgram(machine);
    return evidence === undefined
      ? undefined
      : { evidence, place: join(userSettings(machine.places), 'certs.d') };
  },
  registryFolders: (address, places) =>
    [userSettings(places), machineSettings(places), join(places.root, 'etc', 'docker')].map(
      (settings) => join(settings, 'certs.d', address),
    ),
  operations: (wish, places) =>
    operationsIn(userSettings(places), join(places.home, '.config'), wish),
};

/** Podman, Skopeo and Buildah as everybody on this machine runs them, root as well. */
export const podmanRoot: Consumer = {
  id: 'podman-root',
  scope: 'machine',
  find: async (machine) => {
    const { places, exists } = machine;
    // Who never ran it as root needs nothing there, and the folder needs the administrator's password.
    const used = await exists(join(places.root, 'var', 'lib', 'containers', 'storage'));
    if (places.platform !== 'linux' || !used) return undefined;
    const evidence = await findProgram(machine);
    return evidence === undefined
      ? undefined
      : { evidence, place: join(machineSettings(places), 'certs.d') };
  },
  registryFolders: (address, places) =>
    [machineSettings(places), join(places.root, 'etc', 'docker')].map((settings) =>
      join(settings, 'certs.d', address),
    ),
  operations: (wish, places) =>
    operationsIn(machineSettings(places), machineSettings(places), wish),
};
