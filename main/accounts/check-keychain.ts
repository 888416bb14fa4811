import { RegentError } from '../../shared/errors/regent-error.ts';
import type { KeychainStatus } from '../../shared/model/secret-store.ts';
import type { Keychain, KeychainItem } from './secrets/keychain.ts';

/**
 * A login that is listed but not found was removed elsewhere, unless the keyring only does not say.
 * @throws RegentError `KEYCHAIN_UNAVAILABLE`, `KEYCHAIN_LOCKED`
 */
export async function throwUnlessUnlocked(keychain: Keychain, item: KeychainItem): Promise<void> {
  const state = await keychain.state();
  if (state === 'absent') {
    throw new RegentError('KEYCHAIN_UNAVAILABLE', { detail: keychain.title });
  }
  if (state !== 'unlocked') throw new RegentError('KEYCHAIN_LOCKED', { address: item.address });
}

/** Whether logins can be kept here and now, by looking for one that nobody has. */
export async function checkKeychain(keychain: Keychain): Promise<KeychainStatus> {
  const name = keychain.title;
  try {
    const nobody = { address: '', name: 'nobody' };
    await keychain.read(nobody);
    const state = await keychain.state();
    if (state !== 'unknown') await throwUnlessUnlocked(keychain, nobody);
    return { state: 'ready', name, problem: null };
  } catch (error) {
    if (!(error instanceof RegentError)) throw error;
    return { state: 'unavailable', name, problem: error.toProblem() };
  }
}
