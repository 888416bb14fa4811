import { RegentError } from '../../../shared/errors/index.ts';
import type { Accounts } from '../accounts.ts';

/** A login with its secret, on its way into Regent. */
export interface TakenLogin {
  readonly address: string;
  readonly username: string;
  readonly secret: string;
}

/** What of the accounts an import needs. */
export type ImportAccounts = Pick<
  Accounts,
  'list' | 'listInUse' | 'credentialsFor' | 'save' | 'takeBack'
>;

/**
 * Keeps a login and reads it back. It becomes the one in use for its registry only where none is: nobody becomes
 * somebody else unasked. A login that Regent has stays as it is.
 * @param own what this import has put there itself and may replace
 * @throws RegentError `LOGIN_DIFFERS` when Regent has another secret for that user, also one that came meanwhile and
 * stays, `LOGIN_NOT_KEPT` when it reads back otherwise, and what the accounts throw
 */
export async function keepLogin(
  accounts: ImportAccounts,
  login: TakenLogin,
  own?: TakenLogin,
): Promise<void> {
  const { address, username, secret } = login;
  const known = await accounts.credentialsFor(address, username);
  if (known?.password === secret) return;
  if (known && !(own?.username === username && own.secret === known.password)) {
    throw new RegentError('LOGIN_DIFFERS', { address, username });
  }
  const saved = await accounts.save({ ...login, leavesInUse: true });
  const back = await accounts.credentialsFor(address, username);
  if (back?.password === secret) return;
  // Somebody may have signed in as the same user in between: that login is not this import's to remove.
  const wasOurs = await accounts.takeBack(saved).catch(() => true);
  if (back && !wasOurs) throw new RegentError('LOGIN_DIFFERS', { address, username });
  throw new RegentError('LOGIN_NOT_KEPT', { address });
}

/** Whether this very login is the one that docker and podman get for its registry. */
export async function isInUse(accounts: ImportAccounts, login: TakenLogin): Promise<boolean> {
  const inUse = await accounts.credentialsFor(login.address);
  return inUse?.username === login.username && inUse.password === login.secret;
}
