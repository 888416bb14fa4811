import { readIfThere } from '../../platform/read-if-there.ts';
import { readChoice } from './files/store-choice.ts';
import type { Keychain, KeychainItem } from './keychain.ts';
import type { SecretStoreOptions } from './secret-store-options.ts';

/**
 * Opens the place where this user's logins are kept: the keychain, or encrypted files where the user chose them. It is
 * the one way to the secrets for the window, the terminal and the credential helper. The choice is read anew for each
 * operation, because another process may change it; without one that is nothing but a failed `open`.
 */
export function openSecretStore(options: SecretStoreOptions): Keychain {
  const { data, keychain } = options;
  const reader = { read: options.read ?? options.files?.read ?? readIfThere };
  const look = async () => {
    const { choice, text } = await readChoice(data, reader);
    if (!choice) return { text, place: keychain };
    const { openChosen } = await import('./open-chosen.ts');
    return { text, place: openChosen(options, choice) };
  };
  const place = async () => (await look()).place;
  /** Undefined: it may just have been taken to another place. */
  const readOnce = async (item: KeychainItem) => {
    const before = await look();
    const isStill = async () => (await look()).text === before.text;
    try {
      const secret = await before.place.read(item);
      return secret === null && !(await isStill()) ? undefined : secret;
    } catch (error) {
      if (await isStill()) throw error;
      return undefined;
    }
  };
  return {
    title: keychain.title,
    read: async (item) => {
      let secret = await readOnce(item);
      while (secret === undefined) secret = await readOnce(item);
      return secret;
    },
    write: async (item, secret, knowing) => (await place()).write(item, secret, knowing),
    holdsWhole: (secret) => keychain.holdsWhole(secret),
    prepare: () =>
      void place().then(
        (opened) => opened.prepare(),
        () => undefined,
      ),
    remove: async (item) => (await place()).remove(item),
    state: async () => (await place()).state(),
    source: async () => ((await readChoice(data, reader)).choice ? 'file' : 'keychain'),
    settled: async (items, work) => {
      for (;;) {
        const before = await look();
        const [result] = await Promise.allSettled([work()]);
        if ((await look()).text === before.text) {
          if (result.status === 'rejected') throw result.reason;
          return result.value;
        }
        for (const item of items) await before.place.remove(item).catch(() => undefined);
      }
    },
  };
}
