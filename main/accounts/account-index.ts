import { join } from 'node:path';
import { openStateFile, type StateFile } from '../platform/state-file.ts';

/** One login as the index knows it: no secret. `updatedAt` is ISO 8601. */
export interface AccountEntry {
  /** The registry as it was given when the login was saved. */
  readonly address: string;
  readonly username: string;
  readonly updatedAt: string;
}

/** All logins, oldest first; of several for one registry the last saved is the one in use. */
interface AccountIndexState {
  readonly version: 1;
  readonly accounts: readonly AccountEntry[];
}

/**
 * The non-secret list of logins beside the keychain. It tells which items there are, which keytar can't do safely,
 * and so the difference between an absent login and a locked keychain.
 */
export type AccountIndex = StateFile<AccountIndexState>;

/** Opens `accounts.json` in Regent's data folder. Its reader is written by hand: zod would double the helper's start. */
export function openAccountIndex(dataFolder: string): AccountIndex {
  return openStateFile(join(dataFolder, 'accounts.json'), { parse: readState }, EMPTY);
}

const EMPTY: AccountIndexState = { version: 1, accounts: [] };

function readState(json: unknown): AccountIndexState {
  const { version, accounts } = fieldsOf(json);
  if (version !== 1 || !Array.isArray(accounts)) throw new Error('not an index of accounts');
  return { version, accounts: accounts.map(readEntry) };
}

function readEntry(json: unknown): AccountEntry {
  const { address, username, updatedAt } = fieldsOf(json);
  if (
    typeof address !== 'string' ||
    typeof username !== 'string' ||
    typeof updatedAt !== 'string'
  ) {
    throw new Error('not an account');
  }
  return { address, username, updatedAt };
}

function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null) throw new Error('not an object');
  return json as Readonly<Record<string, unknown>>;
}
