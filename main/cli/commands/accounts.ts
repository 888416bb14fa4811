import { formatDate } from '../../../shared/i18n/index.ts';
import { defineCommand } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** `regent accounts`: the logins that are kept, without their secrets. */
export const accounts = defineCommand(
  { name: 'accounts', about: 'cli.accounts.about', args: [], options: {}, examples: ['accounts'] },
  async ({ client, json, out, err, signal, t }) => {
    const list = await client.accounts.list(undefined, { signal });
    if (json) {
      out.json({ accounts: list });
      return 0;
    }
    if (list.length === 0) err.line(t('cli.accounts.empty'));
    const rows = list.map(({ address, username, source, updatedAt }) => [
      paint('bold', address),
      username,
      t(`cli.accounts.${source}`),
      formatDate(t.locale, updatedAt),
    ]);
    for (const line of setInColumns(rows)) out.line(line);
    return 0;
  },
);
