import { openAccountIndex } from './account-index.ts';
import { headerItem, openHeaderIndex } from './headers/header-index.ts';
import { itemOf } from './keychain-items.ts';
import type { KeychainItem } from './secrets/keychain.ts';

/** Where all secrets are kept that are listed now. @throws RegentError `STATE_INVALID`, `FILE_FAILED` */
export async function readItems(dataFolder: string): Promise<readonly KeychainItem[]> {
  const { accounts } = await openAccountIndex(dataFolder).read();
  const { headers } = await openHeaderIndex(dataFolder).read();
  return [...accounts.map(itemOf), ...headers.map(headerItem)];
}
