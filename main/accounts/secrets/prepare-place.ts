import { resolve } from 'node:path';
import type { SecretStoreChoice } from '../../../shared/model/secret-store.ts';
import { type Clock, isoNow } from '../../platform/clock.ts';
import { makeIdentity, sealWithPassphrase } from './files/age.ts';
import type { Reveal } from './files/encrypted-logins.ts';
import { makeKeyFile, readKeyFile } from './files/key-file.ts';
import { identityPath, loginFolder } from './files/login-folder.ts';
import { revealWithIdentity, revealWithKeyFile } from './files/reveal.ts';
import type { StoreChoice } from './files/store-choice.ts';
import type { StoreFiles } from './files/store-files.ts';

/** Encrypted files that are ready to be moved to. */
export interface PreparedPlace {
  readonly choice: Omit<StoreChoice, 'inKeychain'>;
  /** Works before anything is unlocked. */
  readonly reveal: Reveal;
}

/** What a place is prepared with. */
export interface PrepareOptions {
  readonly data: string;
  readonly files: StoreFiles;
  readonly clock: Clock;
  /** See `sealWithPassphrase`. */
  readonly workFactor: number;
}

/**
 * Prepares encrypted files for a choice: the key file is checked, and made where there is none; for a passphrase an
 * identity of its own is made each time, so that a former passphrase opens nothing of what comes.
 * @throws RegentError `KEY_FILE_INVALID`, `FILE_FAILED`
 */
export async function preparePlace(
  wish: Exclude<SecretStoreChoice, { kind: 'keychain' }>,
  options: PrepareOptions,
): Promise<PreparedPlace> {
  return wish.kind === 'key-file'
    ? withKeyFile(resolve(wish.path), options)
    : withPassphrase(wish.passphrase, options);
}

async function withKeyFile(path: string, { files, clock }: PrepareOptions): Promise<PreparedPlace> {
  await makeKeyFile(path, files, isoNow(clock));
  const {
    recipients: [recipient],
  } = await readKeyFile(path);
  return {
    choice: { recipient, unlockedBy: 'key-file', keyFile: path },
    reveal: revealWithKeyFile(path, recipient),
  };
}

async function withPassphrase(
  passphrase: string,
  { data, files, workFactor }: PrepareOptions,
): Promise<PreparedPlace> {
  const { identity, recipient } = await makeIdentity();
  const file = await sealWithPassphrase(passphrase, identity, workFactor);
  await files.write(identityPath(loginFolder(data, recipient)), file);
  return {
    choice: { recipient, unlockedBy: 'passphrase', keyFile: null },
    reveal: revealWithIdentity(identity),
  };
}
