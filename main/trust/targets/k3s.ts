import { join } from 'node:path';
import { type K3sWish, k3sRegistries } from '../edit/k3s-registries.ts';
import { bindEdit } from '../operations/bind-edit.ts';
import type { BoundEdit, Operation } from '../operations/operation.ts';
import { certsFolderFiles, foldersBetween } from './certs-folder.ts';
import { namedFiles } from './named-files.ts';
import type { Consumer, Places } from './target.ts';

function settings({ root }: Places): string {
  return join(root, 'etc', 'rancher', 'k3s');
}

/** k3s. It makes containerd's `hosts.toml` out of this file when it starts (k3s, installation/private-registry). */
export const k3s: Consumer = {
  id: 'k3s',
  scope: 'machine',
  find: async ({ places, exists, which }) => {
    if (places.platform !== 'linux') return undefined;
    const place = join(settings(places), 'registries.yaml');
    if (await exists(settings(places))) return { evidence: settings(places), place };
    const program = await which('k3s');
    return program ? { evidence: program, place } : undefined;
  },
  operations: (wish, places) => {
    const root = settings(places);
    const folder = join(root, 'certs', wish.address);
    const { address, plainHttp } = wish;
    const { caPaths, client } = namedFiles(wish, folder);
    const old = namedFiles({ ...wish, certificates: wish.replaced }, folder);
    const edits = (caPaths.length > 0 ? caPaths : [undefined]).map(
      (caPath): Operation => ({
        kind: 'edit',
        path: join(root, 'registries.yaml'),
        ...{ folders: foldersBetween(join(places.root, 'etc', 'rancher'), root) },
        ...{ folderMode: 0o755, mode: 0o600 },
        edit: inPlaceOf(
          old.caPaths,
          { address, client: old.client, isOwnMirror: true },
          bindEdit(k3sRegistries, { address, caPath, client, plainHttp, isOwnMirror: true }),
        ),
      }),
    );
    return [...certsFolderFiles(wish, root, folder), ...edits];
  },
  notes: async () => [{ code: 'restart-command', facts: { command: 'systemctl restart k3s' } }],
};

/** k3s knows one authority a registry: the new one takes the place of those that it replaces. */
function inPlaceOf(
  caPaths: readonly string[],
  others: Omit<K3sWish, 'caPath'>,
  edit: BoundEdit,
): BoundEdit {
  const cleared = (text: string | null) =>
    caPaths.reduce<string | null>((rest, caPath) => {
      const old = { ...others, caPath };
      return rest !== null && k3sRegistries.has(rest, old) ? k3sRegistries.revert(rest, old) : rest;
    }, text);
  return { ...edit, apply: (text) => edit.apply(cleared(text)) };
}
