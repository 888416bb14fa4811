import { RegentError } from '../../../shared/errors/index.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { readPassword } from '../terminal/ask-password.ts';
import { paint } from '../text/paint.ts';

/** `regent login`: proves a login against the registry and keeps it in the keychain. */
export const login = defineCommand(
  {
    name: 'login',
    about: 'cli.login.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      username: { type: 'string', short: 'u', value: 'USER', about: 'cli.login.username' },
      'password-stdin': { type: 'boolean', about: 'cli.login.passwordStdin' },
    },
    examples: [
      'login registry.example.com:5000 -u alice',
      'login registry.example.com:5000 -u alice --password-stdin < password.txt',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, out, signal, t } = context;
    const address = readAddress(args.ADDRESS);
    const username = options.username ?? (await askUsername(context, options['password-stdin']));
    const password = options['password-stdin']
      ? await readPassword(context)
      : await askPassword(context, username);
    if (password === '') throw new RegentError('INPUT_INVALID', { field: 'password' });
    const account = await client.accounts.login({ address, username, password }, { signal });
    if (json) {
      out.json(account);
      return 0;
    }
    out.line(`${paint('good', '✓')} ${t('cli.login.done', { address, username })}`);
    await suggestHelper(context, account.address);
    return 0;
  },
);

async function askUsername(
  { input, json, t }: CommandContext,
  isInputTaken: boolean,
): Promise<string> {
  const answer =
    json || isInputTaken || !input.isTty ? '' : await input.ask(`${t('cli.login.askUsername')} `);
  if (!answer) throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '-u USER' });
  return answer;
}

async function askPassword({ input, json, t }: CommandContext, username: string): Promise<string> {
  const question = `${t('cli.login.askPassword', { username })} `;
  const answer = json || !input.isTty ? undefined : await input.ask(question, { hidden: true });
  if (answer === undefined)
    throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--password-stdin' });
  return answer;
}

/** The docker command line finds this login only through the helper. */
async function suggestHelper(
  { client, out, signal, t }: CommandContext,
  address: string,
): Promise<void> {
  const { routes } = await client.accounts.helperStatus(undefined, { signal });
  if (!routes.includes(address)) out.line(`  ${paint('dim', t('cli.login.suggestHelper'))}`);
}
