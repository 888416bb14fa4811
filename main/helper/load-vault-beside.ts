import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RegentError } from '../../shared/errors/regent-error.ts';
import type { Vault } from '../accounts/secrets/vault.ts';

/**
 * Loads keytar's native module from the folder that an executable really lies in, whatever link it was started by: by
 * its absolute path, so that no search through folders or the environment can find another one.
 * @throws RegentError `KEYCHAIN_UNAVAILABLE` with the loader's own words, such as the name of the missing library
 */
export async function loadVaultBeside(executable: string): Promise<Vault> {
  const addon: { readonly exports: unknown } = { exports: {} };
  try {
    process.dlopen(addon, join(dirname(realpathSync(executable)), 'keytar.node'));
  } catch (error) {
    const detail = String((error as Error).message).split('\n')[0] ?? '';
    throw new RegentError('KEYCHAIN_UNAVAILABLE', { detail }, error);
  }
  return addon.exports as Vault;
}
