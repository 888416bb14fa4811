import { type AccountEntry, openAccountIndex } from './account-index.ts';
import type { KeychainItem } from './secrets/keychain.ts';
import { itemName, serverKey } from './server-key.ts';

/** Where the secret of a login is kept. */
export function itemOf({
  address,
  username,
}: Pick<AccountEntry, 'address' | 'username'>): KeychainItem {
  return { address, name: itemName(serverKey(address), username) };
}

/** Where the secrets of all logins are kept that are listed now. @throws RegentError `STATE_INVALID`, `FILE_FAILED` */
export async function readItems(dataFolder: string): Promise<readonly KeychainItem[]> {
  const { accounts } = await openAccountIndex(dataFolder).read();
  return accounts.map(itemOf);
}
