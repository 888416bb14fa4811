import { formatDate, nameAccount, type Translator } from '../../../shared/i18n/index.ts';
import type { Account } from '../../../shared/model/account.ts';
import { compareNaturally } from '../../../shared/model/natural-sort.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** Accounts by registry, in their order: the registry's address, then a line for each user. */
export function accountLines(t: Translator, accounts: readonly Account[]): readonly string[] {
  const rows = setInColumns(
    accounts.map((account) => [
      `${markOf(account)} ${nameAccount(t, account)}`,
      paint('dim', t(`cli.accounts.${account.source}`)),
      stateOf(t, account),
    ]),
  );
  return accounts.flatMap(({ address }, index) => {
    const line = `  ${rows[index] ?? ''}`;
    const isFirst = accounts[index - 1]?.address !== address;
    return isFirst ? [paint('bold', address), line] : [line];
  });
}

/** Sorts accounts by registry, as people order names, keeping the order within one. */
export function groupAccounts<T extends Account>(accounts: readonly T[]): readonly T[] {
  return [...accounts].sort((a, b) => compareNaturally(a.address, b.address));
}

function markOf({ inUse }: Account): string {
  return inUse ? paint('good', '✓') : paint('dim', '–');
}

function stateOf(t: Translator, { workedAt, refusedAt }: Account): string {
  if (refusedAt !== null) {
    return paint('bad', t('cli.accounts.refused', { day: formatDate(t.locale, refusedAt) }));
  }
  if (workedAt === null) return paint('dim', t('cli.accounts.untried'));
  return t('cli.accounts.worked', { day: formatDate(t.locale, workedAt) });
}
