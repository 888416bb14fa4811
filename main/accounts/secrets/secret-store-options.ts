import type { ReadIfThere } from '../../platform/read-if-there.ts';
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
  /** How the choice of the place is read, where it is not as the other files are. */
  readonly read?: ReadIfThere;
}
