import { RegentError } from '../../../../shared/errors/regent-error.ts';
import type { Keychain, KeychainItem } from '../keychain.ts';
import { loginPath } from './login-folder.ts';
import type { StoreFiles } from './store-files.ts';

/** Decrypts the file of one login. @throws RegentError `STORE_LOCKED`, `KEY_FILE_INVALID`, `LOGIN_FILE_DAMAGED` */
export type Reveal = (item: KeychainItem, path: string, file: Uint8Array) => Promise<string>;

/** What a folder of encrypted logins is opened with. */
export interface EncryptedLoginsOptions {
  readonly folder: string;
  /** For whom logins are encrypted: keeping one needs no unlocking. */
  readonly recipient: string;
  readonly reveal: Reveal;
  /** Called before a login is written; throws where the recipient can't be the user's. */
  readonly checkRecipient?: () => Promise<void>;
  readonly files: StoreFiles;
}

/**
 * Logins as files, one each, encrypted for one recipient in the age format, so that Debian's `age` reads and writes
 * them as well. What stands in one names the login, so that a file that was put in another's place is noticed.
 */
export function openEncryptedLogins(options: EncryptedLoginsOptions): Keychain {
  const { folder, recipient, reveal, checkRecipient, files } = options;
  const pathOf = ({ name }: KeychainItem) => loginPath(folder, name);
  return {
    title: 'age',
    read: async (item) => {
      const path = pathOf(item);
      const file = await files.read(path);
      if (file === undefined) return null;
      const secret = readLogin(await reveal(item, path, file), item.name);
      if (secret === undefined) throw loginDamaged(item, path);
      return secret;
    },
    write: async ({ name, ...item }, secret) => {
      await checkRecipient?.();
      const { sealFor } = await import('./age.ts');
      const file = await sealFor(recipient, JSON.stringify({ name, secret }));
      await files.write(pathOf({ ...item, name }), file);
    },
    holdsWhole: () => false,
    prepare: () => undefined,
    remove: (item) => files.remove(pathOf(item)),
    // A login that is not there is not there, locked or not.
    state: async () => 'unlocked',
    source: async () => 'file',
    settled: (_, work) => work(),
  };
}

/** A file that is not what was written for a login. */
export function loginDamaged({ address }: KeychainItem, path: string): RegentError {
  return new RegentError('LOGIN_FILE_DAMAGED', { address, path });
}

function readLogin(text: string, itemName: string): string | undefined {
  try {
    const { name, secret } = JSON.parse(text) as Record<string, unknown>;
    return name === itemName && typeof secret === 'string' ? secret : undefined;
  } catch {
    return undefined;
  }
}
