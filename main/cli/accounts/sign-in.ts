import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import { isRefusedLogin } from '../../../shared/errors/refused-login.ts';
import type { Account } from '../../../shared/model/account.ts';
import type { KnownRegistry } from '../../../shared/model/known-registry.ts';
import type { CommandContext } from '../command.ts';
import { askYes, canAsk } from '../terminal/ask-yes.ts';
import { showSignInHint } from './sign-in-hint.ts';

/** What a login is tried with. */
type Attempt = Parameters<CommandContext['client']['accounts']['login']>[0];

/**
 * Signs in. Where the registry refuses, how it wants it comes before what it answered; where it wants the password sent
 * to a stranger, a person decides.
 * @param shown the hint that was printed already
 */
export async function signIn(
  context: CommandContext,
  login: Attempt,
  shown: KnownRegistry | undefined,
): Promise<Account> {
  const { client, json, signal, t } = context;
  try {
    return await client.accounts.login(login, { signal });
  } catch (error) {
    const problem = problemOfCall(error);
    const { code, data } = problem;
    const isRefused = isRefusedLogin(problem) || code === 'ACCESS_DENIED';
    if (isRefused && !shown && !json) await showSignInHint(context, login.address);
    if (code !== 'REALM_FOREIGN' || login.tokenServer || !canAsk(context)) throw error;
    const { address, realm } = data;
    if (!(await askYes(context, t('cli.login.askTokenServer', { address, realm })))) throw error;
    return await signIn(context, { ...login, tokenServer: realm }, shown);
  }
}
