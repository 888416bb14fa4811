import type { AccountEntry } from './account-index.ts';
import type { KeychainItem } from './secrets/keychain.ts';
import { itemName, serverKey } from './server-key.ts';

/** Where the secret of a login is kept. */
export function itemOf({
  address,
  username,
}: Pick<AccountEntry, 'address' | 'username'>): KeychainItem {
  return { address, name: itemName(serverKey(address), username) };
}
