import { RegentError } from '../../../shared/errors/index.ts';
import type { Account } from '../../../shared/model/account.ts';
import type { Scenario } from './scenario.ts';

/** The only password that the imagined registries accept. */
export const rightPassword = 'correct horse';

/** A time some hours before the harness's now, whenever that is. */
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** The imagined logins, newest first, by the rules of the real ones: at most one of a registry is in use. */
export class AccountBook {
  private entries: readonly Account[] = [];
  source: Account['source'] = 'keychain';

  list(): Account[] {
    return [...this.entries];
  }

  inUse(address: string): Account | undefined {
    return this.entries.find((one) => one.address === address && one.inUse);
  }

  addresses(): readonly string[] {
    return [...new Set(this.entries.map(({ address }) => address))];
  }

  /** Keeps a login, and makes it the one in use. */
  save(address: string, username: string, facts: Partial<Account> = {}): Account {
    const now = new Date().toISOString();
    const account: Account = {
      ...{ address, username, updatedAt: now, source: this.source },
      ...{ kind: username === '<token>' ? 'identity-token' : 'password', inUse: true },
      ...{ workedAt: now, refusedAt: null },
      ...facts,
    };
    const others = this.entries.filter((one) => !isSame(one, account));
    this.entries = [
      account,
      ...others.map((one) =>
        one.address === address && account.inUse ? { ...one, inUse: false } : one,
      ),
    ];
    return account;
  }

  use(address: string, username: string): Account {
    const chosen = this.find(address, username);
    this.entries = this.entries.map((one) =>
      one.address === address ? { ...one, inUse: one.username === username } : one,
    );
    return { ...chosen, inUse: true };
  }

  /** Asks the imagined registry: a password that is called stale has been changed there. */
  check(address: string, username: string): Account {
    const { workedAt } = this.find(address, username);
    const now = new Date().toISOString();
    const isRefused = username === 'gone' || this.find(address, username).refusedAt !== null;
    const said = isRefused ? { workedAt, refusedAt: now } : { workedAt: now, refusedAt: null };
    this.entries = this.entries.map((one) =>
      isSame(one, { address, username }) ? { ...one, ...said } : one,
    );
    return this.find(address, username);
  }

  /** Removes a login, or all of the registry. None of the others takes its place by itself. */
  remove(address: string, username?: string): boolean {
    const kept = this.entries.filter(
      (one) => one.address !== address || (username !== undefined && one.username !== username),
    );
    const removed = kept.length < this.entries.length;
    this.entries = kept;
    return removed;
  }

  /** Every login now lies elsewhere. */
  moveTo(source: Account['source']): void {
    this.source = source;
    this.entries = this.entries.map((one) => ({ ...one, source }));
  }

  private find(address: string, username: string): Account {
    const account = this.entries.find((one) => isSame(one, { address, username }));
    if (!account) throw new RegentError('ACCOUNT_UNKNOWN', { address, username });
    return account;
  }
}

/** The logins of a scenario: ada at every registry that she is signed in to, and on request some odd ones. */
export function accountsOf(scenario: Scenario): AccountBook {
  const book = new AccountBook();
  if (scenario.accounts === 'many') {
    book.save('registry.gitlab.com', 'gone', { workedAt: hoursAgo(50) });
    book.save('company.azurecr.io', '<token>', { workedAt: null });
    book.save('nas.local:5000', 'robot$ci', { workedAt: hoursAgo(30) });
  }
  for (const address of scenario.registries) {
    if (/^(untrusted|signedout|open)\./.test(address)) continue;
    const refusedAt = address.startsWith('stale.') ? hoursAgo(2) : null;
    book.save(address, 'ada', { workedAt: hoursAgo(refusedAt ? 72 : 3), refusedAt });
  }
  return book;
}

function isSame(
  one: { readonly address: string; readonly username: string },
  other: { readonly address: string; readonly username: string },
): boolean {
  return one.address === other.address && one.username === other.username;
}
