import type { StoreFiles } from './files/store-files.ts';
import type { Keychain } from './keychain.ts';

/** What the store is opened with. */
export interface SecretStoreOptions {
  /** Regent's data folder. */
  readonly data: string;
  readonly env: NodeJS.ProcessEnv;
  /** The system's own. */
  readonly keychain: Keychain;
  readonly files?: StoreFiles;
}
