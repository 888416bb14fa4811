import { join } from 'node:path';
import { certsFolderFiles, folderNames } from './certs-folder.ts';
import { insecureList } from './daemon-json.ts';
import type { Consumer, Places } from './target.ts';

/** Below the user's settings; the docker CLI's own folder, `~/.docker`, is another one. */
function settingsFolder({ configHome }: Places): string {
  return join(configHome, 'docker');
}

/** Docker Engine run by this user under RootlessKit (moby, rootless mode). */
export const dockerRootless: Consumer = {
  id: 'docker-rootless',
  scope: 'user',
  find: async ({ places, exists, which }) => {
    if (places.platform !== 'linux') return undefined;
    const place = join(settingsFolder(places), 'certs.d');
    const traces = [
      ...(places.runtimeDir ? [join(places.runtimeDir, 'docker.sock')] : []),
      join(places.configHome, 'systemd', 'user', 'docker.service'),
    ];
    for (const evidence of traces) if (await exists(evidence)) return { evidence, place };
    const program = await which('dockerd-rootless.sh');
    return program ? { evidence: program, place } : undefined;
  },
  // The containerd image store looks for the first name before the second (containerd, hosts.go).
  registryFolders: (address, places) =>
    folderNames(address).map((name) => join(settingsFolder(places), 'certs.d', name)),
  operations: (wish, places) => {
    const settings = settingsFolder(places);
    const runtime = places.runtimeDir ?? join(places.root, 'run', 'user', '0');
    return [
      ...certsFolderFiles(wish, places.configHome, join(settings, 'certs.d', wish.address)),
      ...insecureList(wish, {
        daemonJson: join(settings, 'daemon.json'),
        pidFile: join(runtime, 'docker.pid'),
        socket: join(runtime, 'docker.sock'),
      }),
    ];
  },
  notes: async () => [{ code: 'builds-remember', facts: { minutes: '5' } }],
};
