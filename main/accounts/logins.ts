import type { Clock } from '../platform/clock.ts';
import type { Paths } from '../platform/paths.ts';
import type { ReadIfThere } from '../platform/read-if-there.ts';
import { findEntry, without } from './account-entries.ts';
import { type AccountEntry, openAccountIndex } from './account-index.ts';
import { throwUnlessUnlocked } from './check-keychain.ts';
import { itemOf } from './keychain-items.ts';
import { type NewLogin, saveLogin } from './save-login.ts';
import type { Keychain, KeychainItem } from './secrets/keychain.ts';
import { shownAddress } from './server-key.ts';

/** A login with its secret. It never leaves the main process, except to the registry it belongs to. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What is read and written for docker: secrets in the keychain, the list of them in a file beside it, and no more. */
export interface Logins {
  /** Begins, in the background, what takes long when a secret is first asked for. Never fails. */
  prepare(): void;
  /** All that are listed, the last saved last. */
  entries(): Promise<readonly AccountEntry[]>;
  /** The logins that docker can get, one a registry, docker's own tokens among them; the last saved last. */
  listInUse(): Promise<readonly Pick<AccountEntry, 'address' | 'username'>[]>;
  /** Keeps a login, and makes it the one in use for its registry; the others stay. @returns what is listed then */
  save(login: NewLogin): Promise<readonly AccountEntry[]>;
  /** Changes the list alone. @returns what is listed then */
  change(
    next: (accounts: readonly AccountEntry[]) => readonly AccountEntry[],
  ): Promise<readonly AccountEntry[]>;
  /** Removes logins, except those that are saved again meanwhile. @returns what is listed then */
  removeAll(removed: readonly AccountEntry[]): Promise<readonly AccountEntry[]>;
  /** Removes the login in use for one server key, as `docker logout` wants it; whether there was one. The others stay. */
  removeInUse(server: string): Promise<boolean>;
  /** The login in use for a registry in any form of its name, or that of one user; null when there is none. */
  credentialsFor(address: string, username?: string): Promise<Credentials | null>;
}

/** What the logins are made of. */
export interface LoginsOptions {
  readonly paths: Pick<Paths, 'data'>;
  readonly clock: Clock;
  readonly keychain: Keychain;
  /** How the list is read, where it is not as other files are. */
  readonly read?: ReadIfThere;
}

/**
 * Opens the logins: all that the credential helper needs, which is started for every single request. Methods throw
 * RegentError `STATE_INVALID` or `FILE_FAILED`, and what the keychain throws.
 */
export function createLogins({ paths, clock, keychain, read }: LoginsOptions): Logins {
  const index = openAccountIndex(paths.data, read);
  const entries = async () => (await index.read()).accounts;
  const change: Logins['change'] = async (next) =>
    (await index.update(({ version, accounts }) => ({ version, accounts: next(accounts) })))
      .accounts;
  const removeAll: Logins['removeAll'] = (removed) => {
    // The list last: killed in between, the next attempt still knows which items to remove.
    const items = removed.map(itemOf);
    return keychain.settled(items, async () => {
      for (const item of items) await removeItem(keychain, item);
      return change((accounts) => without(accounts, removed));
    });
  };
  return {
    prepare: () => keychain.prepare(),
    entries,
    listInUse: async () =>
      (await entries())
        .filter(({ inUse }) => inUse)
        .map(({ address, username }) => ({ address: shownAddress(address), username })),
    save: (login) => saveLogin({ index, keychain, clock }, login),
    change,
    removeAll,
    removeInUse: async (server) => {
      const found = findEntry(await entries(), server);
      if (found) await removeAll([found]);
      return found !== undefined;
    },
    credentialsFor: async (address, username) => {
      const entry = findEntry(await entries(), address, username);
      if (!entry) return null;
      const item = itemOf(entry);
      const password = await keychain.read(item);
      if (password !== null) return { username: entry.username, password };
      await throwUnlessUnlocked(keychain, item);
      return null;
    },
  };
}

async function removeItem(keychain: Keychain, item: KeychainItem): Promise<void> {
  if (!(await keychain.remove(item))) await throwUnlessUnlocked(keychain, item);
}
