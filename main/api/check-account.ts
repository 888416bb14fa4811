import { RegentError } from '../../shared/errors/index.ts';
import { isRefusedLogin } from '../../shared/errors/refused-login.ts';
import type { Account } from '../../shared/model/account.ts';
import { parseAddress } from '../../shared/model/address.ts';
import type { LoginAnswer } from '../registry/auth/authorizer.ts';
import type { Services } from './services.ts';

/**
 * Asks the registry about one account, and remembers the answer.
 * @throws RegentError `ADDRESS_INVALID` for a key that only docker knows; `ACCOUNT_UNKNOWN`; what kept it from answering
 */
export async function checkAccount(
  services: Pick<Services, 'accounts' | 'clients'>,
  address: string,
  username: string,
  signal: AbortSignal,
): Promise<Account> {
  const { accounts, clients } = services;
  parseAddress(address);
  const login = await accounts.credentialsFor(address, username);
  if (!login) throw new RegentError('ACCOUNT_UNKNOWN', { address, username });
  try {
    await clients.checkLogin(address, login, signal);
  } catch (error) {
    if (!(error instanceof RegentError && isRefusedLogin(error))) throw error;
    return noteAnswer(services, address, username, 'refused');
  }
  return noteAnswer(services, address, username, 'worked');
}

/** How long an engine's refusal is kept back for the registry's own word on the login, in milliseconds. */
const ASIDE = 5_000;

/**
 * Asks the registry itself about a login with which an engine was refused: an engine's words do not tell a wrong
 * password from a missing right. Nothing depends on the answer, so it never rejects.
 */
export async function checkAside(
  services: Pick<Services, 'accounts' | 'clients'>,
  address: string,
  username: string,
  signal: AbortSignal,
): Promise<void> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ASIDE)]);
  await checkAccount(services, address, username, limited).catch(() => undefined);
}

/** The account with the answer that was just heard. The login is what it is, were that not to be written down. */
export async function noteAnswer(
  { accounts }: Pick<Services, 'accounts'>,
  address: string,
  username: string,
  answer: LoginAnswer,
): Promise<Account> {
  await accounts.noteAnswer(address, username, answer).catch(() => undefined);
  return accounts.find(address, username);
}
