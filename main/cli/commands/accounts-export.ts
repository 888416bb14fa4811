import { RegentError } from '../../../shared/errors/index.ts';
import { type AccountFormat, accountFormatSchema } from '../../../shared/model/account.ts';
import { findAccounts } from '../accounts/find-account.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { askYes, canAsk } from '../terminal/ask-yes.ts';
import { paint } from '../text/paint.ts';

/** `regent accounts export`: one login with its password, for programs that can't ask a helper. */
export const accountsExport = defineCommand(
  {
    name: 'accounts export',
    about: 'cli.accountsExport.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      format: {
        type: 'string',
        choices: accountFormatSchema.options,
        about: 'cli.accountsExport.format',
      },
      username: { type: 'string', short: 'u', value: 'USER', about: 'cli.accountsExport.username' },
      name: { type: 'string', value: 'NAME', about: 'cli.accountsExport.name' },
      namespace: { type: 'string', value: 'NAMESPACE', about: 'cli.accountsExport.namespace' },
      yes: { type: 'boolean', short: 'y', about: 'cli.accountsExport.yes' },
    },
    examples: [
      'accounts export registry.example.com:5000 --format k8s-secret | kubectl apply -f -',
      'accounts export registry.example.com:5000 --format dockerconfigjson -u ci > auth.json',
    ],
  },
  async (context, { args, options }) => {
    const { client, signal } = context;
    const { format, name, namespace } = options;
    if (format === undefined) {
      throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--format' });
    }
    const clash = format === 'k8s-secret' ? undefined : (name ?? namespace);
    if (clash !== undefined) {
      const option = name === undefined ? '--namespace' : '--name';
      throw new RegentError('USAGE_OPTIONS_CLASH', { option, other: `--format ${format}` });
    }
    const accounts = await findAccounts(context, args.ADDRESS, options.username);
    const [only, ...more] = accounts;
    const account = more.length === 0 ? only : accounts.find(({ inUse }) => inUse);
    if (!account) throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '-u USER' });
    await warn(context, account.username, options.yes);
    await client.accounts.export(
      {
        ...{ address: account.address, username: account.username },
        format: format as AccountFormat,
        ...(name === undefined ? {} : { name }),
        ...(namespace === undefined ? {} : { namespace }),
      },
      { signal },
    );
    return 0;
  },
);

/**
 * Says what the document is, beside it. On a screen, where it would stay in the scrollback and before other eyes,
 * it is shown only when that is confirmed. @throws RegentError `USAGE_ARGUMENT_MISSING`, `CANCELLED`
 */
async function warn(context: CommandContext, username: string, isSure: boolean): Promise<void> {
  const { err, out, t } = context;
  err.line(`${paint('warn', '!')} ${t('cli.accountsExport.warning', { username })}`);
  if (!out.isTty || isSure) return;
  if (!canAsk(context)) throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--yes' });
  if (await askYes(context, t('cli.accountsExport.question'))) return;
  throw new RegentError('CANCELLED', { subject: 'regent accounts export' });
}
