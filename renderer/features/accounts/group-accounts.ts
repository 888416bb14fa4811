import type { Account } from '../../../shared/model/account.ts';
import { compareNaturally } from '../../../shared/model/natural-sort.ts';

/** The accounts of one registry, the one in use first. */
export interface AccountGroup {
  readonly address: string;
  readonly accounts: readonly Account[];
}

/** Groups accounts by their registry, the registries by name. */
export function groupAccounts(accounts: readonly Account[]): readonly AccountGroup[] {
  const groups = new Map<string, Account[]>();
  for (const account of accounts) {
    groups.set(account.address, [...(groups.get(account.address) ?? []), account]);
  }
  return [...groups]
    .map(([address, own]) => ({ address, accounts: own.toSorted(inUseFirst) }))
    .sort((one, other) => compareNaturally(one.address, other.address));
}

function inUseFirst(one: Account, other: Account): number {
  return Number(other.inUse) - Number(one.inUse) || compareNaturally(one.username, other.username);
}
