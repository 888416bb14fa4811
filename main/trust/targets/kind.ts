import { join } from 'node:path';
import { certificateFileName } from '../certificate-file.ts';
import { hostsToml } from '../edit/hosts-toml.ts';
import type { Consumer, TrustWish } from './target.ts';

const CERTS_D = '/etc/containerd/certs.d';

/** kind: its nodes are containers, each with a containerd whose folder only a command can reach. */
export const kind: Consumer = {
  id: 'kind',
  scope: 'user',
  find: async ({ which }) => {
    const evidence = await which('kind');
    return evidence === undefined ? undefined : { evidence, place: CERTS_D };
  },
  operations: () => [],
  byHand: async (wish) => commands(wish),
};

/** What brings the files into every node; lost when the cluster is made anew. */
function commands({ address, certificates, plainHttp }: TrustWish): string {
  const folder = `${CERTS_D}/${address}`;
  const files = certificates.map(({ pem, sha256 }) => ({
    path: join(folder, certificateFileName(sha256, 'crt')),
    text: pem,
  }));
  const caPaths = files.map(({ path }) => path);
  const hosts = hostsToml({ address, caPaths, plainHttp });
  const all = [...files, { path: `${folder}/hosts.toml`, text: hosts }];
  return [
    'for node in $(kind get nodes); do',
    `  docker exec "$node" mkdir -p '${folder}'`,
    ...all.map(({ path, text }) =>
      [
        `  docker exec -i "$node" cp /dev/stdin '${path}' <<'REGENT'`,
        text.trimEnd(),
        'REGENT',
      ].join('\n'),
    ),
    'done',
    '',
  ].join('\n');
}
