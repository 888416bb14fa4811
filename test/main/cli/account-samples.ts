import type { Account } from '../../../shared/model/account.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import type { SecretStoreStatus } from '../../../shared/model/secret-store.ts';
import { ADDRESS } from './samples.ts';

export function accountOf(changes: Partial<Account> = {}): Account {
  return {
    address: ADDRESS,
    username: 'alice',
    kind: 'password',
    source: 'keychain',
    updatedAt: '2026-11-20T10:00:00.000Z',
    inUse: true,
    workedAt: null,
    refusedAt: null,
    ...changes,
  };
}

/** Of a helper that is installed and routed to one registry. */
export function helperOf(changes: Partial<HelperStatus> = {}): HelperStatus {
  return {
    installed: true,
    path: '/home/a/bin/docker-credential-regent',
    configPath: '/home/a/.docker/config.json',
    routes: [],
    isDefault: false,
    others: [],
    reach: [],
    problems: [],
    repairs: [],
    ...changes,
  };
}

/** A login that docker keeps in plain text. */
export function foundOf(changes: Partial<FoundLogin> = {}): FoundLogin {
  return {
    id: 'one',
    address: ADDRESS,
    key: ADDRESS,
    username: 'alice',
    origin: { kind: 'docker-config', path: '/home/a/.docker/config.json' },
    risks: ['plaintext'],
    isKnown: false,
    problem: null,
    ...changes,
  };
}

export const keychainStore: SecretStoreStatus = {
  kind: 'keychain',
  offersFiles: true,
  keychain: { state: 'ready', name: 'Secret Service', problem: null },
  file: null,
};

/** Encrypted files that a passphrase opens, and are locked. */
export function fileStoreOf(changes: Partial<SecretStoreStatus['file']> = {}): SecretStoreStatus {
  return {
    ...keychainStore,
    kind: 'file',
    file: {
      ...{ path: '/home/a/regent/logins', unlockedBy: 'passphrase', keyFile: null },
      ...{ locked: true, until: null, problem: null },
      ...changes,
    },
  };
}
