import { resolve } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import type { SecretStoreChoice } from '../../../shared/model/secret-store.ts';
import { askNewPassphrase } from '../accounts/new-passphrase.ts';
import { printStore, showWork } from '../accounts/print-store.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { readPassword } from '../terminal/ask-password.ts';

/** `regent accounts store`: says where logins are kept, or moves all of them to the place that is named. */
export const accountsStore = defineCommand(
  {
    name: 'accounts store',
    about: 'cli.accountsStore.about',
    args: [{ name: 'PLACE', choices: ['keychain', 'file'], optional: true }],
    options: {
      'key-file': { type: 'string', value: 'PATH', about: 'cli.accountsStore.keyFileOption' },
      'passphrase-stdin': { type: 'boolean', about: 'cli.accountsStore.passphraseStdin' },
    },
    examples: [
      'accounts store',
      'accounts store file',
      'accounts store file --key-file /etc/regent/key',
      'accounts store keychain',
    ],
  },
  async (context, { args, options }) => {
    const { client, json, signal, out, t } = context;
    const choice = await readChoice(context, args.PLACE, {
      keyFile: options['key-file'],
      isPiped: options['passphrase-stdin'],
    });
    if (choice?.kind === 'passphrase') showWork(context);
    const status = choice
      ? await client.accounts.chooseStore(choice, { signal })
      : await client.accounts.store(undefined, { signal });
    printStore(context, status);
    if (choice && choice.kind !== 'keychain' && !json) {
      out.line(t(`cli.accountsStore.caution.${choice.kind}`));
    }
    return 0;
  },
);

/** The place that was named, with what unlocks it. @throws RegentError `USAGE_OPTIONS_CLASH`, and as `askNewPassphrase` */
async function readChoice(
  context: CommandContext,
  place: string | undefined,
  { keyFile, isPiped }: { readonly keyFile: string | undefined; readonly isPiped: boolean },
): Promise<SecretStoreChoice | undefined> {
  const option = keyFile === undefined ? isPiped && '--passphrase-stdin' : '--key-file';
  if (place !== 'file') {
    if (option && place === undefined) {
      throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: 'file' });
    }
    if (option) throw new RegentError('USAGE_OPTIONS_CLASH', { option, other: 'keychain' });
    return place === undefined ? undefined : { kind: 'keychain' };
  }
  if (keyFile !== undefined) {
    if (!isPiped) return { kind: 'key-file', path: resolve(keyFile) };
    throw new RegentError('USAGE_OPTIONS_CLASH', {
      option: '--key-file',
      other: '--passphrase-stdin',
    });
  }
  const passphrase = isPiped ? await readPassword(context) : await askNewPassphrase(context);
  return { kind: 'passphrase', passphrase };
}
