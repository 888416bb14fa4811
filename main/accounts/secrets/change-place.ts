import { join } from 'node:path';
import type { SecretStoreChoice } from '../../../shared/model/secret-store.ts';
import { openAccountIndex } from '../account-index.ts';
import { itemName, serverKey } from '../server-key.ts';
import { openEncryptedLogins } from './files/encrypted-logins.ts';
import { loginFolder, loginsRoot, recipientId } from './files/login-folder.ts';
import { type StoreChoice, writeChoice } from './files/store-choice.ts';
import type { StoreFiles } from './files/store-files.ts';
import type { KeychainItem } from './keychain.ts';
import { finishMove, moveLogins } from './move-logins.ts';
import { openChosen } from './open-chosen.ts';
import { type PrepareOptions, preparePlace } from './prepare-place.ts';
import type { SecretStoreOptions } from './secret-store-options.ts';

/** What a change is made with. */
export type ChangeOptions = SecretStoreOptions & PrepareOptions;

/**
 * Carries out a choice, after finishing what an earlier one left when it was killed. One at a time.
 * @param old what is chosen so far @returns what is chosen now; undefined is the keychain
 * @throws RegentError `LOGINS_NOT_MOVED`, `KEY_FILE_INVALID`, `FILE_FAILED`, and as the keychain does
 */
export async function changePlace(
  options: ChangeOptions,
  wish: SecretStoreChoice,
  old: StoreChoice | undefined,
): Promise<StoreChoice | undefined> {
  const { data, files } = options;
  await sweep(data, files, old);
  const left = old ? await emptyKeychain(options, old) : [];
  const chosen =
    wish.kind === 'keychain'
      ? await toKeychain(options, old)
      : await toFiles(options, wish, old, left);
  await sweep(data, files, chosen);
  return chosen;
}

async function toKeychain(
  options: ChangeOptions,
  old: StoreChoice | undefined,
): Promise<undefined> {
  if (!old) return;
  const { data, files, keychain } = options;
  await moveLogins({
    from: openChosen(options, old),
    to: keychain,
    listItems: () => readItems(data),
    switchOver: () => writeChoice(data, files, undefined),
  });
}

async function toFiles(
  options: ChangeOptions,
  wish: Exclude<SecretStoreChoice, { kind: 'keychain' }>,
  old: StoreChoice | undefined,
  left: readonly string[],
): Promise<StoreChoice> {
  const { data, files, keychain } = options;
  const { choice, reveal } = await preparePlace(wish, options);
  const { recipient } = choice;
  const chosen = { ...choice, inKeychain: left };
  if (recipient !== old?.recipient) {
    await moveLogins({
      from: old ? openChosen(options, old) : keychain,
      to: openEncryptedLogins({ recipient, reveal, files, folder: loginFolder(data, recipient) }),
      listItems: () => readItems(data),
      switchOver: (copied) =>
        writeChoice(data, files, { ...choice, inKeychain: old ? left : copied }),
    });
  }
  await writeChoice(data, files, chosen);
  return chosen;
}

/**
 * A change from the keychain that was killed after the switch: what it copied is still in both places.
 * @returns the names of what stays there, because the keychain is out of reach
 */
async function emptyKeychain(
  options: ChangeOptions,
  choice: StoreChoice,
): Promise<readonly string[]> {
  const { data, files, keychain } = options;
  if (choice.inKeychain.length === 0) return [];
  if (['locked', 'absent'].includes(await keychain.state())) return choice.inKeychain;
  const items = await readItems(data);
  const names = new Set(items.map(({ name }) => name));
  await finishMove({
    ...{ from: keychain, items, known: new Map() },
    to: openChosen(options, choice),
  });
  for (const name of choice.inKeychain) {
    if (!names.has(name)) await keychain.remove({ address: '', name });
  }
  await writeChoice(data, files, { ...choice, inKeychain: [] });
  return [];
}

/** Removes the folders that are not in use. */
async function sweep(
  data: string,
  files: StoreFiles,
  choice: StoreChoice | undefined,
): Promise<void> {
  const root = loginsRoot(data);
  const kept = choice && recipientId(choice.recipient);
  for (const name of await files.list(root)) {
    if (name !== kept) await files.removeFolder(join(root, name));
  }
}

async function readItems(data: string): Promise<readonly KeychainItem[]> {
  const { accounts } = await openAccountIndex(data).read();
  return accounts.map(({ address, username }) => ({
    address,
    name: itemName(serverKey(address), username),
  }));
}
