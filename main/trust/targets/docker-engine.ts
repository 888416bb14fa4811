import { dirname, join } from 'node:path';
import type { Operation } from '../operations/operation.ts';
import { certsFolderFiles, folderNames } from './certs-folder.ts';
import { insecureList } from './daemon-json.ts';
import type { Consumer, Machine, Places } from './target.ts';

/** Docker Engine's settings on this machine. */
function etcDocker({ root }: Pick<Places, 'root'>): string {
  return join(root, 'etc', 'docker');
}

/** Docker Engine's trust folder, a folder a registry. */
export function dockerCertsD(places: Pick<Places, 'root'>): string {
  return join(etcDocker(places), 'certs.d');
}

/** Where the traces of a rootful Docker Engine are. */
const TRACES = [
  'etc/docker',
  'usr/bin/dockerd',
  'usr/sbin/dockerd',
  'usr/local/bin/dockerd',
  'var/run/docker.sock',
];

/**
 * Docker Engine, rootful, on Linux. It reads its trust folder at each request, so every change there is live (moby,
 * registry.go); `insecure-registries` takes a reload. On other systems Docker Desktop leaves a socket in the
 * same place but reads no trust from this machine's /etc.
 */
export const dockerEngine: Consumer = {
  id: 'docker-engine',
  scope: 'machine',
  find: async ({ places, exists }) => {
    if (places.platform !== 'linux') return undefined;
    const place = dockerCertsD(places);
    for (const trace of TRACES) {
      const evidence = join(places.root, trace);
      if (await exists(evidence)) return { evidence, place };
    }
    return undefined;
  },
  // A newer engine looks for the first name before the second, with its containerd store (containerd, hosts.go).
  registryFolders: (address, places) =>
    folderNames(address).map((name) => join(dockerCertsD(places), name)),
  operations: (wish, places): readonly Operation[] => [
    ...certsFolderFiles(wish, etcDocker(places), join(dockerCertsD(places), wish.address)),
    ...insecureList(wish, {
      daemonJson: join(etcDocker(places), 'daemon.json'),
      pidFile: join(places.root, 'run', 'docker.pid'),
      socket: join(places.root, 'run', 'docker.sock'),
    }),
  ],
  notes: async (wish, machine) => [
    ...(await rootlessPodmanNote(wish.client !== null, machine)),
    { code: 'builds-remember', facts: { minutes: '5' } },
  ],
};

/** Rootless Podman reads this folder too, and fails on a key that it may not read. */
async function rootlessPodmanNote(hasKey: boolean, { places, which }: Machine) {
  if (!hasKey || !(await which('podman'))) return [];
  return [{ code: 'key-hides-folder', facts: { path: dirname(dockerCertsD(places)) } } as const];
}
