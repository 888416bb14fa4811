import { join } from 'node:path';
import { statIfThere } from '../../platform/check-folder.ts';
import { certificateFileName } from '../certificate-file.ts';
import { certificateFile, foldersBetween } from './certs-folder.ts';
import type { Consumer, SystemStore } from './target.ts';

/** How one family does it. */
interface Store {
  /** Below the root; that it is there tells the family. */
  readonly folder: string;
  readonly suffix: 'crt' | 'pem';
  readonly update: readonly string[];
}

/** In the order in which they are looked for: the last one's folder is on other systems, too. */
const stores: Readonly<Record<SystemStore, Store>> = {
  // RHEL, Fedora, CentOS, Amazon Linux: update-ca-trust(8).
  rhel: {
    ...{ folder: 'etc/pki/ca-trust/source/anchors', suffix: 'pem' },
    update: ['/usr/bin/update-ca-trust', 'extract'],
  },
  // Arch: update-ca-trust is this program there.
  arch: {
    ...{ folder: 'etc/ca-certificates/trust-source/anchors', suffix: 'crt' },
    update: ['/usr/bin/trust', 'extract-compat'],
  },
  // openSUSE, SLES: update-ca-certificates(8).
  suse: {
    ...{ folder: 'etc/pki/trust/anchors', suffix: 'pem' },
    update: ['/usr/sbin/update-ca-certificates'],
  },
  // Debian, Ubuntu, Alpine: update-ca-certificates(8) takes only `*.crt`.
  debian: {
    ...{ folder: 'usr/local/share/ca-certificates', suffix: 'crt' },
    update: ['/usr/sbin/update-ca-certificates'],
  },
};

/** Which family this system is of; null for none that is known. @param root the machine's root */
export async function findSystemStore(root: string): Promise<SystemStore | null> {
  for (const [name, { folder, update }] of Object.entries(stores)) {
    const [program = ''] = update;
    const here = await Promise.all(
      [join(root, folder), join(root, program)].map((path) =>
        statIfThere(path).catch(() => undefined),
      ),
    );
    if (here.every(Boolean)) return name as SystemStore;
  }
  return null;
}

/**
 * The system's own list of authorities: every program that has none of its own trusts it for every server. Never
 * preselected.
 */
export const systemLinux: Consumer = {
  id: 'system',
  scope: 'machine',
  find: async ({ places }) => {
    if (!places.systemStore) return undefined;
    const { folder, update } = stores[places.systemStore];
    const place = join(places.root, folder);
    return { evidence: update[0] ?? place, place };
  },
  operations: ({ certificates }, { root, systemStore }) => {
    if (!systemStore || certificates.length === 0) return [];
    const { folder, suffix, update } = stores[systemStore];
    const place = join(root, folder);
    const files = certificates.map((certificate) =>
      certificateFile(
        join(place, certificateFileName(certificate.sha256, suffix)),
        certificate,
        foldersBetween(place, place),
      ),
    );
    return [...files, { kind: 'run', argv: update, back: update }];
  },
  notes: async () => [{ code: 'every-server', facts: {} }],
};
