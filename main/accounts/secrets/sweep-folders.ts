import { join } from 'node:path';
import { RegentError } from '../../../shared/errors/regent-error.ts';
import { isRecipientId, loginFiles, loginPath, loginsRoot } from './files/login-folder.ts';
import type { StoreFiles } from './files/store-files.ts';
import type { Keychain, KeychainItem } from './keychain.ts';

/** What the folders of encrypted logins are swept with. */
export interface Sweep {
  readonly data: string;
  readonly files: StoreFiles;
  readonly keychain: Keychain;
  /** Ids of recipients: `inUse` stays; undefined while the keychain is in use. */
  readonly inUse: string | undefined;
  /** Was just moved from, so nothing in it is needed. */
  readonly emptied: string | undefined;
  readonly listItems: () => Promise<readonly KeychainItem[]>;
}

/**
 * Removes the folders that an interrupted change left, and nothing that Regent did not make. While the keychain is in
 * use, a folder may also be there because the file of the choice was lost: so it goes only if the keychain has all
 * that is in it.
 * @throws RegentError `LOGINS_LEFT` when it may hold the only copy; `TRUST_TARGET_UNSAFE`, `FILE_FAILED`
 */
export async function sweepFolders(sweep: Sweep): Promise<void> {
  const { data, files, inUse, emptied } = sweep;
  const root = loginsRoot(data);
  for (const id of await files.listFolders(root)) {
    if (!isRecipientId(id) || id === inUse) continue;
    const path = join(root, id);
    const isNeeded = inUse === undefined && id !== emptied && (await mayBeOnlyCopy(sweep, path));
    if (isNeeded) throw new RegentError('LOGINS_LEFT', { path });
    await files.removeFolder(path);
  }
}

async function mayBeOnlyCopy(
  { files, keychain, listItems }: Sweep,
  folder: string,
): Promise<boolean> {
  const there = new Set(loginFiles(folder, await files.list(folder)));
  if (there.size === 0) return false;
  for (const item of await listItems()) {
    const path = loginPath(folder, item.name);
    if (!there.has(path)) continue;
    const secret = await keychain.read(item).catch(() => null);
    if (secret !== null) there.delete(path);
  }
  return there.size > 0;
}
