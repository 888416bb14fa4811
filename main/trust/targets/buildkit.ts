import { join } from 'node:path';
import { buildkitdToml } from '../edit/buildkitd-toml.ts';
import { bindEdit } from '../operations/bind-edit.ts';
import type { Operation } from '../operations/operation.ts';
import { certsFolderFiles } from './certs-folder.ts';
import { namedFiles } from './named-files.ts';
import type { Consumer, Places, TrustWish } from './target.ts';

/** The certificates' files, and the settings of a buildkitd that name them (moby/buildkit, docs/buildkitd.toml.md). */
export function buildkitSettings(
  wish: TrustWish,
  file: string,
  root: string,
): readonly Operation[] {
  const folder = join(root, 'certs', wish.address);
  const { address, plainHttp } = wish;
  const { caPaths, client } = namedFiles(wish, folder);
  const edits = (caPaths.length > 0 ? caPaths : [undefined]).map(
    (caPath): Operation => ({
      kind: 'edit',
      ...{ path: file, folders: [root], folderMode: 0o755, mode: 0o644 },
      edit: bindEdit(buildkitdToml, {
        ...{ address, caPath, client },
        insecure: plainHttp ? 'http' : undefined,
      }),
    }),
  );
  return [...certsFolderFiles(wish, root, folder), ...edits];
}

function settings({ root }: Places): string {
  return join(root, 'etc', 'buildkit');
}

/** A buildkitd of its own on this machine; the one inside Docker Engine reads Docker's folder. */
export const buildkit: Consumer = {
  id: 'buildkit',
  scope: 'machine',
  find: async ({ places, exists, which }) => {
    if (places.platform !== 'linux') return undefined;
    const place = join(settings(places), 'buildkitd.toml');
    if (await exists(place)) return { evidence: place, place };
    const program = await which('buildkitd');
    return program ? { evidence: program, place } : undefined;
  },
  operations: (wish, places) =>
    buildkitSettings(wish, join(settings(places), 'buildkitd.toml'), settings(places)),
  notes: async () => [
    { code: 'restart-command', facts: { command: 'systemctl restart buildkit' } },
  ],
};
