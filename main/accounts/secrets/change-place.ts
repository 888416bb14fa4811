import type { SecretStoreChoice } from '../../../shared/model/secret-store.ts';
import { readItems } from '../read-items.ts';
import { openEncryptedLogins } from './files/encrypted-logins.ts';
import { loginFolder, recipientId } from './files/login-folder.ts';
import { type StoreChoice, writeChoice } from './files/store-choice.ts';
import { finishMove, moveLogins } from './move-logins.ts';
import { openChosen } from './open-chosen.ts';
import { type PrepareOptions, preparePlace } from './prepare-place.ts';
import type { SecretStoreOptions } from './secret-store-options.ts';
import { sweepFolders } from './sweep-folders.ts';

/** What a change is made with. */
export type ChangeOptions = SecretStoreOptions & PrepareOptions;

/** What came of it; `stays`: names of what is still in the old place, because the new one can't be read. */
interface Changed {
  readonly chosen: StoreChoice | undefined;
  readonly stays: readonly string[];
}

/**
 * Carries out a choice, after finishing what an earlier one left when it was killed. One at a time.
 * @param old what is chosen so far @returns what is chosen now; undefined is the keychain
 * @throws RegentError `LOGINS_NOT_MOVED`, `LOGINS_LEFT`, `KEY_FILE_INVALID`, `TRUST_TARGET_UNSAFE`, `FILE_FAILED`, and
 * as the keychain does
 */
export async function changePlace(
  options: ChangeOptions,
  wish: SecretStoreChoice,
  old: StoreChoice | undefined,
): Promise<StoreChoice | undefined> {
  await sweep(options, old, undefined);
  const left = old ? await emptyKeychain(options, old) : [];
  const { chosen, stays } =
    wish.kind === 'keychain'
      ? await toKeychain(options, old)
      : await toFiles(options, wish, old, left);
  if (stays.length === 0) await sweep(options, chosen, old);
  return chosen;
}

async function toKeychain(options: ChangeOptions, old: StoreChoice | undefined): Promise<Changed> {
  if (!old) return { chosen: undefined, stays: [] };
  const { data, files, keychain } = options;
  const stays = await moveLogins({
    from: openChosen(options, old),
    to: keychain,
    listItems: () => readItems(data),
    switchOver: () => writeChoice(data, files, undefined),
  });
  return { chosen: undefined, stays };
}

async function toFiles(
  options: ChangeOptions,
  wish: Exclude<SecretStoreChoice, { kind: 'keychain' }>,
  old: StoreChoice | undefined,
  left: readonly string[],
): Promise<Changed> {
  const { data, files, keychain } = options;
  const { choice, reveal } = await preparePlace(wish, options);
  const { recipient } = choice;
  let stays: readonly string[] = [];
  if (recipient !== old?.recipient) {
    stays = await moveLogins({
      from: old ? openChosen(options, old) : keychain,
      to: openEncryptedLogins({ recipient, reveal, files, folder: loginFolder(data, recipient) }),
      listItems: () => readItems(data),
      switchOver: (copied) =>
        writeChoice(data, files, { ...choice, inKeychain: old ? left : copied }),
    });
  }
  const chosen = { ...choice, inKeychain: old ? left : stays };
  await writeChoice(data, files, chosen);
  return { chosen, stays };
}

/**
 * A change from the keychain that was killed after the switch: what it copied is still in both places.
 * @returns the names of what stays there, because the keychain is out of reach or the files can't be read
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
  const left = await finishMove({
    ...{ from: keychain, items, known: new Map() },
    to: openChosen(options, choice),
  });
  for (const name of choice.inKeychain) {
    if (!names.has(name)) await keychain.remove({ address: '', name });
  }
  await writeChoice(data, files, { ...choice, inKeychain: left });
  return left;
}

/** Removes the folders that are not in use. @param emptied what was moved from */
function sweep(
  { data, files, keychain }: ChangeOptions,
  choice: StoreChoice | undefined,
  emptied: StoreChoice | undefined,
): Promise<void> {
  return sweepFolders({
    ...{ data, files, keychain, listItems: () => readItems(data) },
    inUse: choice && recipientId(choice.recipient),
    emptied: emptied && recipientId(emptied.recipient),
  });
}
