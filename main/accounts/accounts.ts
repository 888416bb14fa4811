import { RegentError } from '../../shared/errors/regent-error.ts';
import type { Account, KeychainStatus } from '../../shared/model/account.ts';
import { type Clock, isoNow } from '../platform/clock.ts';
import type { Paths } from '../platform/paths.ts';
import { type AccountEntry, openAccountIndex } from './account-index.ts';
import type { Keychain, KeychainItem } from './secrets/keychain.ts';
import { itemName, serverKey } from './server-key.ts';

/** A login with its secret. It never leaves the main process, except to the registry it belongs to. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A login to keep. */
interface NewAccount {
  readonly address: string;
  readonly username: string;
  readonly secret: string;
}

/** The logins of this user: secrets in the OS keychain, the list of them in a file beside it. */
export interface Accounts {
  /** All logins, the newest first: of several for one registry the first is the one in use. */
  list(): Promise<readonly Account[]>;
  /** Keeps a login, and makes it the one in use for its registry. */
  save(account: NewAccount): Promise<Account>;
  /** Removes all logins for a registry; whether there was one. */
  remove(address: string): Promise<boolean>;
  /** The login in use for a registry in any form of its name; null when there is none. */
  credentialsFor(address: string): Promise<Credentials | null>;
  /** Changes whenever the login in use for a registry does; null when there is none. No secret. */
  loginOf(address: string): Promise<string | null>;
  /** Whether logins can be kept here and now; never rejects. */
  keychainStatus(): Promise<KeychainStatus>;
}

/** What the accounts are made of. */
export interface AccountsOptions {
  readonly paths: Pick<Paths, 'data'>;
  readonly clock: Clock;
  readonly keychain: Keychain;
}

/**
 * Opens the accounts. All methods but the last throw RegentError `KEYCHAIN_UNAVAILABLE`, `KEYCHAIN_LOCKED`,
 * `KEYCHAIN_FAILED`, `STATE_INVALID` or `FILE_FAILED`.
 */
export function createAccounts({ paths, clock, keychain }: AccountsOptions): Accounts {
  const index = openAccountIndex(paths.data);
  const newestOf = async (address: string) => {
    const key = serverKey(address);
    return (await index.read()).accounts.filter((entry) => serverKey(entry.address) === key).at(-1);
  };
  return {
    list: async () => (await index.read()).accounts.toReversed().map(accountOf),
    save: async ({ address, username, secret }) => {
      const entry = { address: address.trim(), username, updatedAt: isoNow(clock) };
      // The secret first: a list that names an account without a secret would be a lie.
      await keychain.write(itemOf(entry), secret);
      await index.update(({ version, accounts }) => ({
        version,
        accounts: [...accounts.filter((other) => !isSame(other, entry)), entry],
      }));
      return accountOf(entry);
    },
    remove: async (address) => {
      const key = serverKey(address);
      const removed = (await index.read()).accounts.filter(
        (entry) => serverKey(entry.address) === key,
      );
      if (removed.length === 0) return false;
      // The list last: killed in between, the next attempt still knows which items to remove.
      for (const entry of removed) await removeItem(keychain, itemOf(entry));
      await index.update(({ version, accounts }) => ({
        version,
        accounts: accounts.filter((entry) => !removed.some((gone) => isUnchanged(entry, gone))),
      }));
      return true;
    },
    credentialsFor: async (address) => {
      const entry = await newestOf(address);
      if (!entry) return null;
      const item = itemOf(entry);
      const password = await keychain.read(item);
      if (password !== null) return { username: entry.username, password };
      await throwUnlessUnlocked(keychain, item);
      return null;
    },
    loginOf: async (address) => {
      const entry = await newestOf(address);
      return entry ? `${entry.username} ${entry.updatedAt}` : null;
    },
    keychainStatus: () => checkKeychain(keychain),
  };
}

/** A login that is listed but not found was removed elsewhere, unless the keyring only does not say. */
async function throwUnlessUnlocked(keychain: Keychain, item: KeychainItem): Promise<void> {
  const state = await keychain.state();
  if (state === 'absent') {
    throw new RegentError('KEYCHAIN_UNAVAILABLE', { detail: keychain.title });
  }
  if (state !== 'unlocked') throw new RegentError('KEYCHAIN_LOCKED', { address: item.address });
}

async function removeItem(keychain: Keychain, item: KeychainItem): Promise<void> {
  if (!(await keychain.remove(item))) await throwUnlessUnlocked(keychain, item);
}

async function checkKeychain(keychain: Keychain): Promise<KeychainStatus> {
  const name = keychain.title;
  try {
    const nobody = { address: '', name: 'nobody' };
    await keychain.read(nobody);
    const state = await keychain.state();
    if (state !== 'unknown') await throwUnlessUnlocked(keychain, nobody);
    return { state: 'ready', name, problem: null };
  } catch (error) {
    if (!(error instanceof RegentError)) throw error;
    return { state: 'unavailable', name, problem: error.toProblem() };
  }
}

function itemOf({ address, username }: AccountEntry): KeychainItem {
  return { address, name: itemName(serverKey(address), username) };
}

function isSame(one: AccountEntry, other: AccountEntry): boolean {
  return one.username === other.username && serverKey(one.address) === serverKey(other.address);
}

/** Whether it was not saved again in the meantime, which must not be lost. */
function isUnchanged(one: AccountEntry, other: AccountEntry): boolean {
  return isSame(one, other) && one.updatedAt === other.updatedAt;
}

function accountOf({ address, username, updatedAt }: AccountEntry): Account {
  return { address, username, source: 'keychain', updatedAt };
}
