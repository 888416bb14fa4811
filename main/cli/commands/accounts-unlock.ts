import { RegentError } from '../../../shared/errors/index.ts';
import { printStore, showWork } from '../accounts/print-store.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { askPassword, readPassword } from '../terminal/ask-password.ts';

/** `regent accounts unlock`: makes encrypted logins readable for docker and the rest, for a while. */
export const accountsUnlock = defineCommand(
  {
    name: 'accounts unlock',
    about: 'cli.accountsUnlock.about',
    args: [],
    options: {
      'passphrase-stdin': { type: 'boolean', about: 'cli.accountsStore.passphraseStdin' },
      for: { type: 'string', value: 'MINUTES', about: 'cli.accountsUnlock.for' },
    },
    examples: ['accounts unlock', 'accounts unlock --for 60 --passphrase-stdin < passphrase'],
  },
  async (context, { options }) => {
    const { client, signal } = context;
    const minutes = options.for === undefined ? undefined : readMinutes(options.for);
    const passphrase = options['passphrase-stdin']
      ? await readPassword(context)
      : await askPassphrase(context);
    showWork(context);
    const asked = { passphrase, ...(minutes === undefined ? {} : { minutes }) };
    printStore(context, await client.accounts.unlockStore(asked, { signal }));
    return 0;
  },
);

/** @throws RegentError `INPUT_INVALID` for what is no number; the contract knows how many are too many */
function readMinutes(typed: string): number {
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw new RegentError('INPUT_INVALID', { field: '--for MINUTES' });
}

/** @throws RegentError `UNLOCK_NOT_NEEDED` before anything is asked in vain, `USAGE_ARGUMENT_MISSING` */
async function askPassphrase(context: CommandContext): Promise<string> {
  const { file } = await context.client.accounts.store(undefined, { signal: context.signal });
  if (file?.unlockedBy !== 'passphrase') throw new RegentError('UNLOCK_NOT_NEEDED', {});
  const passphrase = await askPassword(context, context.t('cli.accountsUnlock.passphrase'));
  if (passphrase !== undefined) return passphrase;
  throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--passphrase-stdin' });
}
