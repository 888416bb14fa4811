import type { Account } from '../model/account.ts';
import type { Translator } from './translator.ts';

/** What an account is called: its user, or what it is where docker kept no user name. */
export function nameAccount(t: Translator, { kind, username }: Account): string {
  return kind === 'identity-token' ? t('accounts.identityToken') : username;
}
