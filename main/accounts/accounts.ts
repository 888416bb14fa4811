import { RegentError } from '../../shared/errors/regent-error.ts';
import type { Account } from '../../shared/model/account.ts';
import { IDENTITY_TOKEN_USER } from '../../shared/model/identity-token.ts';
import { isoNow } from '../platform/clock.ts';
import { type AccountAnswer, openAccountAnswers } from './account-answers.ts';
import { findAll, findEntry, withInUse } from './account-entries.ts';
import type { AccountEntry } from './account-index.ts';
import { createLogins, type Logins, type LoginsOptions } from './logins.ts';
import type { NewLogin } from './save-login.ts';
import { hubOfToken, serverKey, shownAddress } from './server-key.ts';

export type { Credentials } from './logins.ts';

/** The logins of this user: secrets in the OS keychain, the list of them in a file beside it. */
export interface Accounts extends Pick<Logins, 'listInUse' | 'removeInUse' | 'credentialsFor'> {
  /** All logins of people, the last saved first; without the tokens that docker's device login keeps beside one. */
  list(): Promise<readonly Account[]>;
  /** One login. @throws RegentError `ACCOUNT_UNKNOWN` */
  find(address: string, username: string): Promise<Account>;
  /** Keeps a login, and makes it the one in use for its registry; the others stay. */
  save(account: NewLogin): Promise<Account>;
  /** Makes a login the one in use for its registry. @throws RegentError `ACCOUNT_UNKNOWN` */
  use(address: string, username: string): Promise<Account>;
  /**
   * Removes one login, or without `username` all of a registry; whether there was one. After the one in use, none is:
   * nobody becomes somebody else unasked.
   */
  remove(address: string, username?: string): Promise<boolean>;
  /** Removes a login unless it was saved again since then, and nothing beside it; whether it did. */
  takeBack(saved: Pick<Account, 'address' | 'username' | 'updatedAt'>): Promise<boolean>;
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
  /** The user of the login in use for a registry; null when there is none. */
  userOf(address: string): Promise<string | null>;
  /** Changes whenever the login in use for a registry does; null when there is none. No secret. */
  loginOf(address: string): Promise<string | null>;
}

const HOUR_MS = 3_600_000;

/**
 * Opens the accounts. Methods throw RegentError `STATE_INVALID` or `FILE_FAILED`, and what the keychain throws where it
 * is needed: `KEYCHAIN_UNAVAILABLE`, `KEYCHAIN_LOCKED`, `KEYCHAIN_FAILED` and so on.
 */
export function createAccounts(options: LoginsOptions): Accounts {
  const { paths, clock, keychain } = options;
  const logins = createLogins(options);
  const { entries, change, removeAll } = logins;
  const answers = openAccountAnswers(paths.data);
  const lookUp = async () => {
    const [answerOf, source] = await Promise.all([answers.read(), keychain.source()]);
    return (entry: AccountEntry) => describe(entry, source, answerOf(entry));
  };
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
  return {
    list: async () => {
      const isOfPeople = ({ address }: AccountEntry) => !hubOfToken(serverKey(address));
      const described = (await entries()).filter(isOfPeople).map(await lookUp());
      return described.toReversed();
    },
    find: async (address, username) => accountIn(await entries(), address, username),
    listInUse: logins.listInUse,
    removeInUse: logins.removeInUse,
    credentialsFor: logins.credentialsFor,
    save: async (login) => accountIn(await logins.save(login), login.address, login.username),
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
    userOf: async (address) => (await entryOf(address))?.username ?? null,
    loginOf: async (address) => {
      const entry = await entryOf(address);
      return entry ? `${entry.username} ${entry.updatedAt}` : null;
    },
  };
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
