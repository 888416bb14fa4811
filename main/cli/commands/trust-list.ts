import { formatDate } from '../../../shared/i18n/index.ts';
import { defineCommand } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** `regent trust list`: what Regent set up and can undo. */
export const trustList = defineCommand(
  {
    name: 'trust list',
    about: 'cli.trustList.about',
    args: [],
    options: {},
    examples: ['trust list'],
  },
  async ({ client, json, out, err, signal, t }) => {
    const entries = await client.trust.list(undefined, { signal });
    if (json) {
      out.json({ entries });
      return 0;
    }
    if (entries.length === 0) err.line(t('cli.trustList.empty'));
    const rows = entries.map(({ address, certificate, consumers, trustedAt }) => [
      paint('bold', address),
      certificate.sha256.slice(0, 16),
      consumers.map((id) => t(`common.consumer.${id}`)).join(', '),
      formatDate(t.locale, trustedAt),
    ]);
    for (const line of setInColumns(rows)) out.line(line);
    return 0;
  },
);
