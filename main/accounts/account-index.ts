import { join } from 'node:path';
import type { ReadIfThere } from '../platform/read-if-there.ts';
import { openStateFile, type StateFile } from '../platform/state-file.ts';
import { serverKey } from './server-key.ts';

/** One login as the index knows it: no secret. `updatedAt` is ISO 8601. */
export interface AccountEntry {
  /** The registry as it was given when the login was saved. */
  readonly address: string;
  readonly username: string;
  readonly updatedAt: string;
  /** Whether it is the one that docker, podman and Regent use; at most one of a registry is. */
  readonly inUse: boolean;
  /**
   * Known to be in one item of the keychain, so that the next save need not look there for parts to remove. Not there
   * where it is in parts, may be, or was saved by an older Regent.
   */
  readonly isWhole?: true;
}

/** All logins, in the order in which they were last saved. */
interface AccountIndexState {
  readonly version: 2;
  readonly accounts: readonly AccountEntry[];
}

/**
 * The non-secret list of logins beside the keychain. It tells which items there are, which keytar can't do safely,
 * and so the difference between an absent login and a locked keychain.
 */
export type AccountIndex = StateFile<AccountIndexState>;

/** Opens `accounts.json` in Regent's data folder. Its reader is written by hand: zod would double the helper's start. */
export function openAccountIndex(dataFolder: string, read?: ReadIfThere): AccountIndex {
  return openStateFile(join(dataFolder, 'accounts.json'), { parse: readState }, EMPTY, read);
}

const EMPTY: AccountIndexState = { version: 2, accounts: [] };

function readState(json: unknown): AccountIndexState {
  const { version, accounts } = fieldsOf(json);
  if ((version !== 1 && version !== 2) || !Array.isArray(accounts)) {
    throw new Error('not an index of accounts');
  }
  const read = accounts.map(version === 1 ? readFirstEntry : readEntry);
  return { version: 2, accounts: version === 1 ? withLastInUse(read) : read };
}

/** The first version had no mark: of several logins for one registry, the last saved was the one in use. */
function withLastInUse(accounts: readonly AccountEntry[]): readonly AccountEntry[] {
  const last = new Map(accounts.map((entry) => [serverKey(entry.address), entry]));
  const inUse = new Set(last.values());
  return accounts.map((entry) => ({ ...entry, inUse: inUse.has(entry) }));
}

function readEntry(json: unknown): AccountEntry {
  const { inUse, isWhole } = fieldsOf(json);
  if (typeof inUse !== 'boolean') throw new Error('not an account');
  return { ...readFirstEntry(json), inUse, ...(isWhole === true ? { isWhole } : {}) };
}

function readFirstEntry(json: unknown): AccountEntry {
  const { address, username, updatedAt } = fieldsOf(json);
  if (
    typeof address !== 'string' ||
    typeof username !== 'string' ||
    typeof updatedAt !== 'string'
  ) {
    throw new Error('not an account');
  }
  return { address, username, updatedAt, inUse: false };
}

function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null) throw new Error('not an object');
  return json as Readonly<Record<string, unknown>>;
}
