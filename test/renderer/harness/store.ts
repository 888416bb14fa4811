import { problem, RegentError } from '../../../shared/errors/index.ts';
import type { SecretStoreChoice, SecretStoreStatus } from '../../../shared/model/secret-store.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** The only passphrase that opens the imagined encrypted files, unless another one is chosen. */
export const rightPassphrase = 'long enough words';

const folder = '/home/ada/.config/regent/logins';
const noBus = problem('KEYCHAIN_UNAVAILABLE', { detail: 'org.freedesktop.secrets' });

/** Where the logins of a scenario are kept. */
export function storeOf({ store }: Scenario): SecretStoreStatus {
  const keychain =
    store === 'unavailable'
      ? { state: 'unavailable' as const, name: 'Secret Service', problem: noBus }
      : { state: 'ready' as const, name: 'Secret Service', problem: null };
  if (store === 'keychain' || store === 'unavailable') {
    return { kind: 'keychain', offersFiles: true, keychain, file: null };
  }
  return { kind: 'file', offersFiles: true, keychain, file: files(store === 'locked') };
}

/** Carries out a choice, and takes the logins along. */
export function chooseStore(world: World, choice: SecretStoreChoice): SecretStoreStatus {
  if (choice.kind === 'keychain') {
    world.accounts.moveTo('keychain');
    return { ...world.store, kind: 'keychain', file: null };
  }
  world.accounts.moveTo('file');
  if (choice.kind === 'passphrase') {
    world.passphrase = choice.passphrase;
    return { ...world.store, kind: 'file', file: files(false) };
  }
  const keyed = { unlockedBy: 'key-file', keyFile: choice.path, until: null } as const;
  return { ...world.store, kind: 'file', file: { ...files(false), ...keyed } };
}

/** Opens the encrypted files for a while. */
export function unlockStore(world: World, passphrase: string): SecretStoreStatus {
  if (passphrase !== world.passphrase) {
    throw new RegentError('PASSPHRASE_WRONG', {});
  }
  return { ...world.store, file: files(false) };
}

/** Closes them. */
export function lockStore(world: World): SecretStoreStatus {
  return { ...world.store, file: files(true) };
}

function files(locked: boolean): NonNullable<SecretStoreStatus['file']> {
  const until = locked ? null : new Date(Date.now() + 8 * 3_600_000).toISOString();
  return { path: folder, unlockedBy: 'passphrase', keyFile: null, locked, until, problem: null };
}
