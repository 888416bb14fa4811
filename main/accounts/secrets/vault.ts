import { createRequire } from 'node:module';
import { RegentError } from '../../../shared/errors/regent-error.ts';

/** The part of keytar that Regent uses. The search is left out on purpose: it crashes on a locked Linux keyring. */
export interface Vault {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/**
 * Loads the native module when it is first needed, so that a system without its libraries gets a sentence.
 * @throws RegentError `KEYCHAIN_UNAVAILABLE` with the loader's own words, such as the name of the missing library
 */
export async function loadNativeVault(): Promise<Vault> {
  try {
    return (await import('@github/keytar')).default;
  } catch (error) {
    throw new RegentError('KEYCHAIN_UNAVAILABLE', { detail: reasonOf(error) }, error);
  }
}

/** The package's own error hides why; loading its native file by name tells. */
function reasonOf(error: unknown): string {
  try {
    const file = `@github/keytar/prebuilds/${process.platform}-${process.arch}/keytar.node`;
    createRequire(import.meta.url)(file);
  } catch (native) {
    return firstLine(native);
  }
  return firstLine(error);
}

const firstLine = (error: unknown) => String((error as Error).message).split('\n')[0] ?? '';
