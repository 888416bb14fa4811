import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFolder } from '../../platform/read-folder.ts';
import { certificateFileName } from '../certificate-file.ts';
import { findPemBlocks, writePem } from '../x509/pem.ts';
import { certificateFile, clientFiles } from './certs-folder.ts';
import type { Consumer, Places } from './target.ts';

function trustFolder({ data }: Pick<Places, 'data'>): string {
  return join(data, 'trust');
}

/** Percent signs keep the colon and the brackets of addresses out of file names on every system. */
function folderOf(places: Pick<Places, 'data'>, address: string): string {
  return join(trustFolder(places), encodeURIComponent(address));
}

/** Regent's own client: a folder a registry, a file a certificate. */
export const regent: Consumer = {
  id: 'regent',
  scope: 'user',
  find: async ({ places }) => ({ evidence: places.data, place: trustFolder(places) }),
  operations: (wish, places) => {
    const folder = folderOf(places, wish.address);
    const folders = [trustFolder(places), folder];
    const authorities = wish.certificates.map((certificate) => {
      const path = join(folder, certificateFileName(certificate.sha256, 'pem'));
      return certificateFile(path, certificate, folders);
    });
    return [...authorities, ...clientFiles(wish, folder, folders)].map((file) => ({
      ...file,
      ...{ mode: 0o600, folderMode: 0o700 },
    }));
  },
};

/** The certificate to show one address, with its key. */
export async function readIntroduction(places: Pick<Places, 'data'>, address: string) {
  const folder = folderOf(places, address);
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((one) => one.endsWith('.cert'))) {
    const [cert, key] = await Promise.all(
      [name, name.replace(/cert$/, 'key')].map((file) =>
        readFile(join(folder, file), 'utf8').catch(() => undefined),
      ),
    );
    if (cert !== undefined && key !== undefined) return { cert, key };
  }
  return null;
}

/** The certificates that Regent's own client trusts for one address, as PEM. */
export async function readRegentTrust(
  places: Pick<Places, 'data'>,
  address: string,
): Promise<readonly string[]> {
  const texts = await readFolder(folderOf(places, address), '.pem');
  return texts.flatMap(findPemBlocks).map(({ der }) => writePem(der));
}
