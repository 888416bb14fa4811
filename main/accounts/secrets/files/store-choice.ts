import { join } from 'node:path';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import type { StoreFiles } from './store-files.ts';

/** Where the logins are, where it is not the keychain. No secret. */
export interface StoreChoice {
  /** For whom the logins are encrypted, `age1…`. */
  readonly recipient: string;
  readonly unlockedBy: 'passphrase' | 'key-file';
  /** Absolute; null with a passphrase. */
  readonly keyFile: string | null;
  /** Names of items that were copied out of the keychain and are not removed from it yet. */
  readonly inKeychain: readonly string[];
}

/** The choice as it stands in its file; `text` tells whether it has changed. */
export interface ReadChoice {
  /** Undefined: the keychain, which is never left without being told. */
  readonly choice: StoreChoice | undefined;
  readonly text: string;
}

/** The file of the choice in Regent's data folder. None means the keychain. */
export function choicePath(dataFolder: string): string {
  return join(dataFolder, 'secret-store.json');
}

/**
 * Reads the choice. Its reader is written by hand, and without a file there is nothing but a failed `open`: the
 * credential helper does this at every start.
 * @throws RegentError `FILE_FAILED`, `STATE_INVALID`
 */
export async function readChoice(
  dataFolder: string,
  files: Pick<StoreFiles, 'read'>,
): Promise<ReadChoice> {
  const path = choicePath(dataFolder);
  const bytes = await files.read(path);
  if (bytes === undefined) return { choice: undefined, text: '' };
  const text = Buffer.from(bytes).toString();
  try {
    return { choice: parseChoice(JSON.parse(text)), text };
  } catch (error) {
    throw new RegentError('STATE_INVALID', { path }, error);
  }
}

/** Writes the choice down, or for the keychain removes the file: at once, in one step of the file system. */
export async function writeChoice(
  dataFolder: string,
  files: StoreFiles,
  choice: StoreChoice | undefined,
): Promise<void> {
  const path = choicePath(dataFolder);
  if (choice === undefined) await files.remove(path);
  else await files.write(path, `${JSON.stringify({ version: 1, ...choice }, null, 2)}\n`);
}

function parseChoice(json: unknown): StoreChoice {
  if (typeof json !== 'object' || json === null) throw new Error('not an object');
  const { version, recipient, unlockedBy, keyFile, inKeychain } = json as Record<string, unknown>;
  const isRead = version === 1 && typeof recipient === 'string' && isNames(inKeychain);
  if (isRead && unlockedBy === 'passphrase' && keyFile === null) {
    return { recipient, unlockedBy, keyFile, inKeychain };
  }
  if (isRead && unlockedBy === 'key-file' && typeof keyFile === 'string') {
    return { recipient, unlockedBy, keyFile, inKeychain };
  }
  throw new Error('not a choice');
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
