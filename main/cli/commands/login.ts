import { RegentError } from '../../../shared/errors/index.ts';
import { IDENTITY_TOKEN_USER } from '../../../shared/model/identity-token.ts';
import { type KnownRegistry, knownRegistryOf } from '../../../shared/model/known-registry.ts';
import { signIn } from '../accounts/sign-in.ts';
import { showSignInHint } from '../accounts/sign-in-hint.ts';
import { suggestHelper } from '../accounts/suggest-helper.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readAddress } from '../read-address.ts';
import { askPassword, readPassword } from '../terminal/ask-password.ts';
import { canAsk } from '../terminal/ask-yes.ts';
import { paint } from '../text/paint.ts';

/** `regent login`: proves a login against the registry and keeps it where Regent keeps logins. */
export const login = defineCommand(
  {
    name: 'login',
    about: 'cli.login.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      username: { type: 'string', short: 'u', value: 'USER', about: 'cli.login.username' },
      'password-stdin': { type: 'boolean', about: 'cli.login.passwordStdin' },
      'identity-token-stdin': { type: 'boolean', about: 'cli.login.identityTokenStdin' },
      'token-server': { type: 'string', value: 'URL', about: 'cli.login.tokenServer' },
    },
    examples: [
      'login registry.example.com:5000 -u alice',
      'login registry.example.com:5000 -u alice --password-stdin < password.txt',
      'login registry.example.com --identity-token-stdin < token.txt',
    ],
  },
  async (context, { args, options }) => {
    const { json, out, t } = context;
    const address = readAddress(args.ADDRESS);
    const isPiped = options['password-stdin'] || options['identity-token-stdin'];
    checkOptions(options);
    const known = canAsk(context) && !isPiped ? await showSignInHint(context, address) : undefined;
    const username = options['identity-token-stdin']
      ? IDENTITY_TOKEN_USER
      : (options.username ?? (await findUsername(context, address, isPiped, known)));
    const password = isPiped ? await readPassword(context) : await typePassword(context, username);
    if (password === '') throw new RegentError('INPUT_INVALID', { field: 'password' });
    const tokenServer = options['token-server'];
    const attempt = { address, username, password, ...(tokenServer ? { tokenServer } : {}) };
    const account = await signIn(context, attempt, known);
    if (json) {
      out.json(account);
      return 0;
    }
    const done = username === IDENTITY_TOKEN_USER ? 'cli.login.doneToken' : 'cli.login.done';
    out.line(`${paint('good', '✓')} ${t(done, { address, username })}`);
    await suggestHelper(context, account.address);
    return 0;
  },
);

/** @throws RegentError `USAGE_OPTIONS_CLASH`: an identity token has no user, and standard input holds one thing */
function checkOptions(options: {
  readonly username: string | undefined;
  readonly 'password-stdin': boolean;
  readonly 'identity-token-stdin': boolean;
}): void {
  if (!options['identity-token-stdin']) return;
  const other = options['password-stdin'] ? '--password-stdin' : options.username && '--username';
  if (!other) return;
  throw new RegentError('USAGE_OPTIONS_CLASH', { option: '--identity-token-stdin', other });
}

/** The registry's only user name, or the one that is typed; Enter takes the usual one. */
async function findUsername(
  context: CommandContext,
  address: string,
  isPiped: boolean,
  shown: KnownRegistry | undefined,
): Promise<string> {
  const known = shown ?? knownRegistryOf({ address });
  if (known?.isOnlyUsername && known.username) return known.username;
  const { input, t } = context;
  if (isPiped || !canAsk(context)) throw missing('-u USER');
  const usual = known?.username ?? '';
  const question = t('cli.login.askUsername');
  const answer = await input.ask(usual ? `${question} [${usual}] ` : `${question} `);
  const username = answer === '' ? usual : answer;
  if (!username) throw missing('-u USER');
  return username;
}

async function typePassword(context: CommandContext, username: string): Promise<string> {
  if (!canAsk(context)) throw missing('--password-stdin');
  const question = context.t('cli.login.askPassword', { username });
  return (await askPassword(context, question)) ?? '';
}

const missing = (argument: string) => new RegentError('USAGE_ARGUMENT_MISSING', { argument });
