import { findAccounts } from '../accounts/find-account.ts';
import { suggestHelper } from '../accounts/suggest-helper.ts';
import { defineCommand } from '../command.ts';
import { paint } from '../text/paint.ts';

/** `regent accounts use`: which of a registry's accounts docker, podman and Regent take. */
export const accountsUse = defineCommand(
  {
    name: 'accounts use',
    about: 'cli.accountsUse.about',
    args: [{ name: 'ADDRESS' }, { name: 'USER' }],
    options: {},
    examples: ['accounts use registry.example.com:5000 bob'],
  },
  async (context, { args }) => {
    const { client, json, out, signal, t } = context;
    const [{ address, username }] = await findAccounts(context, args.ADDRESS, args.USER);
    const account = await client.accounts.use({ address, username }, { signal });
    if (json) {
      out.json(account);
      return 0;
    }
    out.line(`${paint('good', '✓')} ${t('cli.accountsUse.done', { address, username })}`);
    await suggestHelper(context, address);
    return 0;
  },
);
