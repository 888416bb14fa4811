import { type Clock, isoNow } from '../platform/clock.ts';
import { findEntry, withInUse, withPartsLikely, withSaved } from './account-entries.ts';
import type { AccountEntry, AccountIndex } from './account-index.ts';
import { itemOf } from './keychain-items.ts';
import type { Keychain } from './secrets/keychain.ts';
import { serverKey } from './server-key.ts';
import { withoutUser } from './without-user.ts';

/** A login to keep. */
export interface NewLogin {
  readonly address: string;
  readonly username: string;
  readonly secret: string;
  /** Leaves the login in use for the registry as it is, where there is one. */
  readonly leavesInUse?: boolean;
}

/** Where it is kept. */
interface LoginPlace {
  readonly index: AccountIndex;
  readonly keychain: Keychain;
  readonly clock: Clock;
}

/**
 * Keeps a login. The secret first: a list that names an account without a secret would be a lie.
 * @returns what is listed then
 * @throws RegentError `STATE_INVALID`, `FILE_FAILED`, and as the keychain does
 */
export function saveLogin(place: LoginPlace, login: NewLogin): Promise<readonly AccountEntry[]> {
  const kept = { ...login, address: keptAddress(login.address) };
  return place.keychain.settled([itemOf(kept)], () => saveOnce(place, kept));
}

async function saveOnce(
  { index, keychain, clock }: LoginPlace,
  login: NewLogin,
): Promise<readonly AccountEntry[]> {
  const { address, username, secret } = login;
  const before = findEntry((await index.read()).accounts, address, username);
  const isWhole = keychain.holdsWhole(secret);
  if (before?.isWhole && !isWhole) {
    // Before the first part is written: killed after it, the next save still looks for parts to remove.
    await index.update((state) => ({ ...state, accounts: withPartsLikely(state.accounts, login) }));
  }
  let listed: ReturnType<AccountIndex['updateAfter']> | undefined;
  const list: Parameters<AccountIndex['update']>[0] = ({ version, accounts }) => {
    const now = findEntry(accounts, address, username);
    // Saved by somebody else meanwhile, in parts perhaps, it is looked at next time.
    const isAlone = now?.updatedAt === before?.updatedAt && now?.isWhole === before?.isWhole;
    const updatedAt = nowOtherThan(now?.updatedAt, clock);
    return { version, accounts: withLogin(accounts, login, updatedAt, isWhole && isAlone) };
  };
  const written = keychain.write(itemOf(login), secret, {
    replacesWhole: before?.isWhole === true,
    meanwhile: () => {
      listed = index.updateAfter(written, list);
    },
  });
  // Where the writing fails, so does the listing, and has left nothing behind once it has.
  await written.finally(() => listed?.catch(() => undefined));
  return (await (listed ?? index.update(list))).accounts;
}

function withLogin(
  accounts: readonly AccountEntry[],
  { address, username, leavesInUse }: NewLogin,
  updatedAt: string,
  isWhole: boolean,
): readonly AccountEntry[] {
  const next = withSaved(accounts, {
    ...{ address, username, updatedAt },
    ...(isWhole ? { isWhole } : {}),
  });
  const inUse = leavesInUse ? findEntry(accounts, address) : undefined;
  return inUse ? withInUse(next, inUse) : next;
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
