import type { Translator } from '../../../shared/i18n/words.ts';
import type { Account } from '../../../shared/model/account.ts';

/** What an account is called: its user, or what it is where docker kept no user name. */
export function nameAccount(t: Translator, { kind, username }: Account): string {
  return kind === 'identity-token' ? t('accounts.identityToken') : username;
}
