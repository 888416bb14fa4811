import { RegentError } from '../../../shared/errors/index.ts';
import { SHORTEST_PASSPHRASE } from '../../../shared/model/shortest-passphrase.ts';
import type { CommandContext } from '../command.ts';
import { askPassword } from '../terminal/ask-password.ts';
import { canAsk } from '../terminal/ask-yes.ts';

const TRIES = 3;

/**
 * A new passphrase, typed twice unseen, since a slip in it would lock the logins away for good.
 * @throws RegentError `USAGE_ARGUMENT_MISSING` where nobody can be asked, `INPUT_INVALID` after three tries
 */
export async function askNewPassphrase(
  context: Pick<CommandContext, 'err' | 'input' | 'json' | 't'>,
): Promise<string> {
  const { err, t } = context;
  if (!canAsk(context)) {
    const argument = '--key-file PATH | --passphrase-stdin';
    throw new RegentError('USAGE_ARGUMENT_MISSING', { argument });
  }
  for (let tries = 0; tries < TRIES; tries += 1) {
    const first = (await askPassword(context, t('cli.accountsStore.newPassphrase'))) ?? '';
    if ([...first].length < SHORTEST_PASSPHRASE) {
      err.line(t('accounts.store.short', { count: SHORTEST_PASSPHRASE }));
      continue;
    }
    const second = await askPassword(context, t('cli.accountsStore.repeatPassphrase'));
    if (first === second) return first;
    err.line(t('cli.accountsStore.different'));
  }
  throw new RegentError('INPUT_INVALID', { field: 'passphrase' });
}
