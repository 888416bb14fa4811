import { dirname, join } from 'node:path';
import { certsFolderFiles } from './certs-folder.ts';
import { insecureList } from './daemon-json.ts';
import type { Consumer, Machine, Places, TrustWish } from './target.ts';

/** Desktop's own folder, whatever DOCKER_CONFIG says. */
function settings({ home }: Places): string {
  return join(home, '.docker');
}

/** Windows can't have the colon in a name, so it is dropped there. */
function folderName(address: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? address.replaceAll(':', '') : address;
}

/** The folder that Docker Desktop, Colima and Rancher Desktop take into their virtual machines. */
export function homeCertsFiles(wish: TrustWish, places: Places) {
  const name = folderName(wish.address, places.platform);
  return certsFolderFiles(wish, settings(places), join(settings(places), 'certs.d', name));
}

/** That folder, as they read it; on Windows its name can't be read back into an address. */
export function homeRegistryFolders(address: string, places: Places): readonly string[] {
  return places.platform === 'win32' ? [] : [join(settings(places), 'certs.d', address)];
}

/** Where the three keep it, and a trace that says which of them is there. */
export async function findByTrace(machine: Machine, traces: readonly string[]) {
  const place = join(settings(machine.places), 'certs.d');
  for (const evidence of traces) if (await machine.exists(evidence)) return { evidence, place };
  return undefined;
}

function traces({ platform, home, root }: Places): readonly string[] {
  if (platform === 'darwin') {
    return ['/Applications/Docker.app', join(home, 'Library/Group Containers/group.com.docker')];
  }
  if (platform === 'win32') {
    return [join(home, 'AppData', 'Roaming', 'Docker'), 'C:\\Program Files\\Docker\\Docker'];
  }
  return [join(home, '.docker', 'desktop'), join(root, 'opt', 'docker-desktop')];
}

/** Docker Desktop: it copies the folder into its virtual machine when it starts (docker/docs, certificates). */
export const dockerDesktop: Consumer = {
  id: 'docker-desktop',
  scope: 'user',
  find: (machine) => findByTrace(machine, traces(machine.places)),
  registryFolders: homeRegistryFolders,
  operations: (wish, places) => [
    ...homeCertsFiles(wish, places),
    ...editOnly(wish, join(settings(places), 'daemon.json')),
  ],
  notes: async () => [
    { code: 'restart-command', facts: { command: 'docker desktop restart' } },
    { code: 'restart-stops-containers', facts: {} },
  ],
};

/** Desktop is not told by a signal: it takes its settings up when it is restarted. */
function editOnly(wish: TrustWish, daemonJson: string) {
  const nowhere = join(dirname(daemonJson), 'no-such-engine');
  const places = { daemonJson, pidFile: nowhere, socket: nowhere };
  return insecureList(wish, places).filter(({ kind }) => kind === 'edit');
}
