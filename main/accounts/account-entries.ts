import type { AccountEntry } from './account-index.ts';
import { hubOfToken, serverKey } from './server-key.ts';

type Entries = readonly AccountEntry[];

/** The login of one user for a registry in any form of its name, or without `username` the one in use. */
export function findEntry(
  accounts: Entries,
  address: string,
  username?: string,
): AccountEntry | undefined {
  const key = serverKey(address);
  return accounts.findLast(
    (entry) =>
      serverKey(entry.address) === key &&
      (username === undefined ? entry.inUse : entry.username === username),
  );
}

/**
 * What goes when people sign out of a registry, or of one account of it: those logins, and the tokens that docker's
 * device login put beside them, which would still let somebody in.
 */
export function findAll(accounts: Entries, address: string, username?: string): Entries {
  const key = serverKey(address);
  return accounts.filter((entry) => {
    const own = serverKey(entry.address);
    const isOfRegistry = own === key || hubOfToken(own) === key;
    return isOfRegistry && (username === undefined || entry.username === username);
  });
}

/** With a login that is now the last saved, and the one in use. */
export function withSaved(accounts: Entries, saved: Omit<AccountEntry, 'inUse'>): Entries {
  const others = accounts.filter((other) => !isSame(other, saved));
  return [...others.map((other) => retired(other, saved.address)), { ...saved, inUse: true }];
}

/** With a login of which nobody knows any more that its secret is in one piece. */
export function withPartsLikely(
  accounts: Entries,
  login: Pick<AccountEntry, 'address' | 'username'>,
): Entries {
  return accounts.map((entry) => {
    if (!isSame(entry, login)) return entry;
    const { isWhole: _, ...rest } = entry;
    return rest;
  });
}

/** With another login in use for its registry; unchanged where there is no such login. */
export function withInUse(
  accounts: Entries,
  chosen: Pick<AccountEntry, 'address' | 'username'>,
): Entries {
  if (!accounts.some((entry) => isSame(entry, chosen))) return accounts;
  return accounts.map((entry) =>
    isSame(entry, chosen) ? { ...entry, inUse: true } : retired(entry, chosen.address),
  );
}

/** Without the given logins, except those that were saved again in the meantime: that must not be lost. */
export function without(accounts: Entries, removed: Entries): Entries {
  const isGone = (entry: AccountEntry) =>
    removed.some((gone) => isSame(entry, gone) && entry.updatedAt === gone.updatedAt);
  return accounts.filter((entry) => !isGone(entry));
}

/** Whether two entries name one login. */
export function isSame(
  one: Pick<AccountEntry, 'address' | 'username'>,
  other: Pick<AccountEntry, 'address' | 'username'>,
): boolean {
  return one.username === other.username && serverKey(one.address) === serverKey(other.address);
}

function retired(entry: AccountEntry, address: string): AccountEntry {
  return serverKey(entry.address) === serverKey(address) ? { ...entry, inUse: false } : entry;
}
