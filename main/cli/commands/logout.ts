import { RegentError } from '../../../shared/errors/index.ts';
import { commandText } from '../../../shared/model/command-text.ts';
import { findAccounts } from '../accounts/find-account.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { paint } from '../text/paint.ts';

/** `regent logout`: forgets one login of a registry, or all of them. */
export const logout = defineCommand(
  {
    name: 'logout',
    about: 'cli.logout.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      username: { type: 'string', short: 'u', value: 'USER', about: 'cli.logout.username' },
    },
    examples: ['logout registry.example.com:5000', 'logout registry.example.com:5000 -u alice'],
  },
  async (context, { args, options }) => {
    const { client, json, out, signal, t } = context;
    const { username } = options;
    const leaving = await findAccounts(context, args.ADDRESS, username);
    const [{ address }] = leaving;
    const asked = { address, ...(username === undefined ? {} : { username }) };
    const result = await client.accounts.logout(asked, { signal });
    if (!result.removed) throw new RegentError('ACCOUNT_NOT_FOUND', { address });
    if (json) {
      out.json(result);
      return 0;
    }
    const users = leaving.map((account) => account.username);
    out.line(`${paint('good', '✓')} ${t('cli.logout.done', { address, users })}`);
    const left = await accountsLeft(context, address);
    const [other] = left;
    if (other && !left.some(({ inUse }) => inUse)) {
      const command = commandText(['regent', 'accounts', 'use', address, other.username]);
      out.line(`  ${t('cli.logout.nobody', { command })}`);
    }
    return 0;
  },
);

/** What is kept for the registry still: nobody becomes another user there unasked. */
async function accountsLeft(
  { client, signal }: Pick<CommandContext, 'client' | 'signal'>,
  address: string,
) {
  const accounts = await client.accounts.list(undefined, { signal });
  return accounts.filter((account) => account.address === address);
}
