import { agentSockets } from './agent/agent-place.ts';
import { checkRecipient } from './files/check-recipient.ts';
import { openEncryptedLogins } from './files/encrypted-logins.ts';
import { loginFolder } from './files/login-folder.ts';
import { revealWithAgent, revealWithKeyFile } from './files/reveal.ts';
import type { StoreChoice } from './files/store-choice.ts';
import { systemFiles } from './files/store-files.ts';
import type { Keychain } from './keychain.ts';
import type { SecretStoreOptions } from './secret-store-options.ts';

/** Opens the encrypted files of a choice. */
export function openChosen(
  { data, env, files = systemFiles }: SecretStoreOptions,
  { keyFile, recipient }: StoreChoice,
): Keychain {
  return openEncryptedLogins({
    ...{ recipient, files, folder: loginFolder(data, recipient) },
    checkRecipient: async () => {
      if (keyFile !== null) await checkRecipient(keyFile, recipient);
    },
    reveal:
      keyFile === null
        ? revealWithAgent(agentSockets(data, env, recipient))
        : revealWithKeyFile(keyFile, recipient),
  });
}
