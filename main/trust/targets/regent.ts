import { mkdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readFolder } from '../../platform/read-folder.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { certificateFileName } from '../certificate-file.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { findPemBlocks, writePem } from '../x509/pem.ts';

/** What Regent's own client trusts: a folder a registry, a file a certificate. */
export interface RegentStore {
  /** The file of one certificate; it need not be there. */
  pathOf(address: string, sha256: string): string;
  has(address: string, sha256: string): Promise<boolean>;
  write(address: string, sha256: string, pem: string): Promise<void>;
  /** @returns whether there was anything to remove */
  remove(address: string, sha256: string): Promise<boolean>;
  /** The certificates trusted for one address, as PEM. */
  read(address: string): Promise<readonly string[]>;
}

/** Opens Regent's own trust. @param data Regent's data folder */
export function openRegentStore(data: string): RegentStore {
  const root = join(data, 'trust');
  // Percent signs keep the colon and the brackets of addresses out of file names on every system.
  const folderOf = (address: string) => join(root, encodeURIComponent(address));
  const pathOf = (address: string, sha256: string) =>
    join(folderOf(address), certificateFileName(sha256, 'pem'));
  const has = async (address: string, sha256: string) => {
    const text = await readFile(pathOf(address, sha256), 'utf8').catch(() => '');
    return findPemBlocks(text).some(({ der }) => sha256Of(der) === sha256);
  };
  return {
    pathOf,
    has,
    write: async (address, sha256, pem) => {
      await mkdir(folderOf(address), { recursive: true, mode: 0o700 });
      await writeAtomically(pathOf(address, sha256), pem, { mode: 0o600 });
    },
    remove: async (address, sha256) => {
      const wasThere = await has(address, sha256);
      await rm(pathOf(address, sha256), { force: true });
      for (const folder of [folderOf(address), root]) await rmdir(folder).catch(() => undefined);
      return wasThere;
    },
    read: async (address) => {
      const texts = await readFolder(folderOf(address), '.pem');
      return texts.flatMap(findPemBlocks).map(({ der }) => writePem(der));
    },
  };
}
