import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LabUser } from './users.ts';

/**
 * Puts a CA by hand where most programs look for it: `FOLDER/HOST[:PORT]/ca.crt`.
 * @param user whose file and folders it is, root's without; folders are made up to the user's home
 */
export function putCertificate(
  certsFolder: string,
  registry: { readonly address: string; readonly caPem: string },
  user?: LabUser,
): void {
  const path = join(certsFolder, registry.address, 'ca.crt');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, registry.caPem);
  if (user === undefined) return;
  for (let one = path; one !== user.home && one !== '/'; one = dirname(one)) {
    chownSync(one, user.uid, user.gid);
  }
}
