import type { SecretStoreChoice, SecretStoreStatus } from '../../../shared/model/secret-store.ts';

/** Where logins are kept, and the user's choice of it. Methods throw RegentError. */
export interface SecretStoreService {
  /** Never rejects for a store that is locked or missing: that is what it tells. */
  status(): Promise<SecretStoreStatus>;
  /** Changes the place and takes every login along. */
  choose(choice: SecretStoreChoice): Promise<SecretStoreStatus>;
  unlock(passphrase: string, minutes: number | undefined): Promise<SecretStoreStatus>;
  lock(): Promise<SecretStoreStatus>;
  /** Ends what lives in this process: unlocked by the window, the files are locked again with it. */
  dispose(): Promise<void>;
}
