import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { SecretStoreStatus } from '../../../shared/model/secret-store.ts';

/** Where a login would be kept, and what stands in the way of that. */
export interface LoginPlace {
  /** For people; null where nothing can be kept now. */
  readonly name: string | null;
  readonly problem: Problem | null;
}

/** Reads it from the state of the place where logins are kept. */
export function loginPlace({ file, keychain }: SecretStoreStatus, address: string): LoginPlace {
  if (file?.locked) return { name: null, problem: problem('STORE_LOCKED', { address }) };
  if (file) return { name: file.problem ? null : file.path, problem: file.problem };
  return { name: keychain.state === 'ready' ? keychain.name : null, problem: keychain.problem };
}
