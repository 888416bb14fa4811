import { join } from 'node:path';
import { CONTAINERD_RESTART, containerdConfig } from '../edit/containerd-config.ts';
import { readContainerdConfig } from '../edit/containerd-read.ts';
import { hostsFile } from '../edit/hosts-file.ts';
import { bindEdit } from '../operations/bind-edit.ts';
import type { Operation } from '../operations/operation.ts';
import { certsFolderFiles, folderNames, foldersBetween } from './certs-folder.ts';
import { namedFiles } from './named-files.ts';
import type { Consumer, Places, TrustWish } from './target.ts';

function settings({ root }: Places): string {
  return join(root, 'etc', 'containerd');
}

function certsD(places: Places): string {
  return join(settings(places), 'certs.d');
}

/** The file that names the certificates of one registry (containerd, docs/hosts.md). */
function hostsOperation(wish: TrustWish, root: string, folder: string): Operation {
  const { address, plainHttp } = wish;
  const hosts = { address, plainHttp, ...namedFiles(wish, folder) };
  return {
    kind: 'edit',
    path: join(folder, 'hosts.toml'),
    ...{ folders: foldersBetween(root, folder), folderMode: 0o755, mode: 0o644 },
    edit: bindEdit(hostsFile, hosts),
  };
}

/** What has containerd's CRI plugin look into the folder; read at its start only. */
function folderOperation(places: Places): Operation {
  const root = settings(places);
  return {
    kind: 'edit',
    path: join(root, 'config.toml'),
    ...{ folders: [root], folderMode: 0o755, mode: 0o644 },
    edit: bindEdit(containerdConfig, { certsD: certsD(places) }),
    isShared: true,
  };
}

/** Programs that pull with containerd itself. */
const USERS = ['nerdctl', 'crictl', 'kubelet'];

/**
 * containerd by itself: Kubernetes, nerdctl and `ctr` with `--hosts-dir` read this folder at each pull, once its
 * settings name the folder.
 */
export const containerd: Consumer = {
  id: 'containerd',
  scope: 'machine',
  find: async ({ places, exists, which, readText }) => {
    if (places.platform !== 'linux') return undefined;
    const place = certsD(places);
    if (await exists(place)) return { evidence: place, place };
    // Docker Engine brings a containerd, too, which nobody pulls with.
    const config = join(settings(places), 'config.toml');
    if (namesFolders((await readText(config)) ?? '')) return { evidence: config, place };
    for (const user of USERS) {
      const evidence = await which(user);
      if (evidence) return { evidence, place };
    }
    return undefined;
  },
  registryFolders: (address, places) =>
    folderNames(address).map((name) => join(certsD(places), name)),
  operations: (wish, places) => {
    const folder = join(certsD(places), wish.address);
    return [
      ...certsFolderFiles(wish, settings(places), folder),
      hostsOperation(wish, settings(places), folder),
      folderOperation(places),
    ];
  },
  notes: async (_wish, { places, readText }) => {
    const path = join(settings(places), 'config.toml');
    const isRead = containerdConfig.has((await readText(path)) ?? '', { certsD: certsD(places) });
    const command = CONTAINERD_RESTART.join(' ');
    return isRead ? [] : [{ code: 'restart-command', facts: { command } }];
  },
};

function namesFolders(text: string): boolean {
  try {
    const { configPath, isCriDisabled } = readContainerdConfig(text);
    return configPath.length > 0 && !isCriDisabled;
  } catch {
    return false;
  }
}
