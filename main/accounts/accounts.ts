import { RegentError } from '../../shared/errors/regent-error.ts';
import type { Account } from '../../shared/model/account.ts';
import { IDENTITY_TOKEN_USER } from '../../shared/model/identity-token.ts';
import { type Clock, isoNow } from '../platform/clock.ts';
import type { Paths } from '../platform/paths.ts';
import { type AccountAnswer, openAccountAnswers } from './account-answers.ts';
import { findAll, findEntry, withInUse, without, withSaved } from './account-entries.ts';
import { type AccountEntry, openAccountIndex } from './account-index.ts';
import { throwUnlessUnlocked } from './check-keychain.ts';
import type { Keychain, KeychainItem } from './secrets/keychain.ts';
import { hubOfToken, itemName, serverKey, shownAddress } from './server-key.ts';
import { withoutUser } from './without-user.ts';

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
  /** Leaves the login in use for the registry as it is, where there is one. */
  readonly leavesInUse?: boolean;
}

/** The logins of this user: secrets in the OS keychain, the list of them in a file beside it. */
export interface Accounts {
  /** All logins of people, the last saved first; without the tokens that docker's device login keeps beside one. */
  list(): Promise<readonly Account[]>;
  /** One login. @throws RegentError `ACCOUNT_UNKNOWN` */
  find(address: string, username: string): Promise<Account>;
  /** The logins that docker can get, one a registry, docker's own tokens among them; the last saved last. */
  listInUse(): Promise<readonly Pick<Account, 'address' | 'username'>[]>;
  /** Keeps a login, and makes it the one in use for its registry; the others stay. */
  save(account: NewAccount): Promise<Account>;
  /** Makes a login the one in use for its registry. @throws RegentError `ACCOUNT_UNKNOWN` */
  use(address: string, username: string): Promise<Account>;
  /**
   * Removes one login, or without `username` all of a registry; whether there was one. After the one in use, none is:
   * nobody becomes somebody else unasked.
   */
  remove(address: string, username?: string): Promise<boolean>;
  /** Removes a login unless it was saved again since then, and nothing beside it; whether it did. */
  takeBack(saved: Pick<Account, 'address' | 'username' | 'updatedAt'>): Promise<boolean>;
  /** Removes the login in use for one server key, as `docker logout` wants it; whether there was one. The others stay. */
  removeInUse(server: string): Promise<boolean>;
  /** The login in use for a registry in any form of its name, or that of one user; null when there is none. */
  credentialsFor(address: string, username?: string): Promise<Credentials | null>;
  /**
   * Remembers what the registry said to a login. It is written when it differs from before, or from what is known
   * `to-the-hour`; nothing happens where there is no such login.
   */
  noteAnswer(
    address: string,
    username: string,
    answer: 'worked' | 'refused',
    precision?: 'exactly' | 'to-the-hour',
  ): Promise<void>;
  /** Changes whenever the login in use for a registry does; null when there is none. No secret. */
  loginOf(address: string): Promise<string | null>;
}

/** What the accounts are made of. */
export interface AccountsOptions {
  readonly paths: Pick<Paths, 'data'>;
  readonly clock: Clock;
  readonly keychain: Keychain;
}

const HOUR_MS = 3_600_000;

/**
 * Opens the accounts. Methods throw RegentError `STATE_INVALID` or `FILE_FAILED`, and what the keychain throws where it
 * is needed: `KEYCHAIN_UNAVAILABLE`, `KEYCHAIN_LOCKED`, `KEYCHAIN_FAILED` and so on.
 */
export function createAccounts({ paths, clock, keychain }: AccountsOptions): Accounts {
  const index = openAccountIndex(paths.data);
  const answers = openAccountAnswers(paths.data);
  const lookUp = async () => {
    const [answerOf, source] = await Promise.all([answers.read(), keychain.source()]);
    return (entry: AccountEntry) => describe(entry, source, answerOf(entry));
  };
  const entries = async () => (await index.read()).accounts;
  const entryOf = async (address: string, username?: string) =>
    findEntry(await entries(), address, username);
  const accountIn = async (
    accounts: readonly AccountEntry[],
    address: string,
    username: string,
  ): Promise<Account> => {
    const entry = findEntry(accounts, address, username);
    if (!entry) throw new RegentError('ACCOUNT_UNKNOWN', { address, username });
    return (await lookUp())(entry);
  };
  const change = async (next: (accounts: readonly AccountEntry[]) => readonly AccountEntry[]) =>
    (await index.update(({ version, accounts }) => ({ version, accounts: next(accounts) })))
      .accounts;
  const removeAll = async (removed: readonly AccountEntry[]) => {
    // The list last: killed in between, the next attempt still knows which items to remove.
    const items = removed.map(itemOf);
    return keychain.settled(items, async () => {
      for (const item of items) await removeItem(keychain, item);
      return change((accounts) => without(accounts, removed));
    });
  };
  return {
    list: async () => {
      const isOfPeople = ({ address }: AccountEntry) => !hubOfToken(serverKey(address));
      const described = (await entries()).filter(isOfPeople).map(await lookUp());
      return described.toReversed();
    },
    find: async (address, username) => accountIn(await entries(), address, username),
    listInUse: async () =>
      (await entries())
        .filter(({ inUse }) => inUse)
        .map(({ address, username }) => ({ address: shownAddress(address), username })),
    save: async ({ address, username, secret, leavesInUse }) => {
      const login = { address: keptAddress(address), username };
      const item = itemOf(login);
      const saved = await keychain.settled([item], async () => {
        // The secret first: a list that names an account without a secret would be a lie.
        await keychain.write(item, secret);
        return change((accounts) => {
          const before = findEntry(accounts, address, username)?.updatedAt;
          const next = withSaved(accounts, { ...login, updatedAt: nowOtherThan(before, clock) });
          const inUse = leavesInUse ? findEntry(accounts, address) : undefined;
          return inUse ? withInUse(next, inUse) : next;
        });
      });
      return accountIn(saved, address, username);
    },
    use: async (address, username) => {
      const chosen = await change((accounts) => withInUse(accounts, { address, username }));
      return accountIn(chosen, address, username);
    },
    remove: async (address, username) => {
      const removed = findAll(await entries(), address, username);
      if (removed.length === 0) return false;
      const kept = await removeAll(removed);
      // The logins are gone, whatever becomes of what is told of them.
      await answers.keepOnly(kept).catch(() => undefined);
      return true;
    },
    takeBack: async ({ address, username, updatedAt }) => {
      const found = await entryOf(address, username);
      if (found?.updatedAt !== updatedAt) return false;
      await removeAll([found]);
      return true;
    },
    removeInUse: async (server) => {
      const found = await entryOf(server);
      if (found) await removeAll([found]);
      return found !== undefined;
    },
    credentialsFor: async (address, username) => {
      const entry = await entryOf(address, username);
      if (!entry) return null;
      const item = itemOf(entry);
      const password = await keychain.read(item);
      if (password !== null) return { username: entry.username, password };
      await throwUnlessUnlocked(keychain, item);
      return null;
    },
    noteAnswer: async (address, username, answer, precision = 'exactly') => {
      const known = await entries();
      const entry = findEntry(known, address, username);
      if (!entry) return;
      const before = (await answers.read())(entry);
      const last = before.refusedAt ?? before.workedAt;
      const isSame = (before.refusedAt === null ? 'worked' : 'refused') === answer;
      const isRecent = last !== null && clock.now() - Date.parse(last) < HOUR_MS;
      if (isSame && isRecent && precision === 'to-the-hour') return;
      await answers.note(entry, answer, isoNow(clock), known);
    },
    loginOf: async (address) => {
      const entry = await entryOf(address);
      return entry ? `${entry.username} ${entry.updatedAt}` : null;
    },
  };
}

async function removeItem(keychain: Keychain, item: KeychainItem): Promise<void> {
  if (!(await keychain.remove(item))) await throwUnlessUnlocked(keychain, item);
}

function itemOf({ address, username }: Pick<AccountEntry, 'address' | 'username'>): KeychainItem {
  return { address, name: itemName(serverKey(address), username) };
}

/** As it was given, but for a user's password in it, as long as the login is found by it as before. */
function keptAddress(address: string): string {
  const kept = withoutUser(address.trim());
  return serverKey(kept) === serverKey(address) ? kept : address.trim();
}

/** Two savings of one login differ in their time, even within a millisecond: by it they are told apart. */
function nowOtherThan(before: string | undefined, clock: Clock): string {
  const now = isoNow(clock);
  return now === before ? new Date(clock.now() + 1).toISOString() : now;
}

function describe(
  entry: AccountEntry,
  source: 'keychain' | 'file',
  answer: AccountAnswer,
): Account {
  const { address, username, updatedAt, inUse } = entry;
  return {
    ...{ address: shownAddress(address), username, updatedAt, source, inUse },
    kind: username === IDENTITY_TOKEN_USER ? 'identity-token' : 'password',
    ...answer,
  };
}
