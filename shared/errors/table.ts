import type { ErrorCode } from './codes.ts';

/** Exit status of the command line: 1 failed, 2 wrong usage, 3 not trusted, 4 not signed in or denied, 5 not found, 6 unreachable. */
export type ExitStatus = 1 | 2 | 3 | 4 | 5 | 6;

/** The action that a door can offer beside an error; each door knows how to carry it out. */
export type ErrorAction =
  | 'edit-address'
  | 'retry'
  | 'trust'
  | 'sign-in'
  | 'browse'
  | 'install-helper'
  | 'none';

interface ErrorRow {
  readonly exit: ExitStatus;
  readonly action: ErrorAction;
}

const row = (exit: ExitStatus, action: ErrorAction = 'none'): ErrorRow => ({ exit, action });

/** For each error code: the exit status of the command line and the action that mends it. */
export const errorTable: Readonly<Record<ErrorCode, ErrorRow>> = {
  ADDRESS_INVALID: row(2, 'edit-address'),
  REFERENCE_INVALID: row(2, 'edit-address'),
  HOST_UNKNOWN: row(6, 'edit-address'),
  CONNECTION_REFUSED: row(6, 'retry'),
  CONNECTION_TIMEOUT: row(6, 'retry'),
  CONNECTION_FAILED: row(6, 'retry'),
  PLAIN_HTTP: row(3),
  NOT_A_REGISTRY: row(5, 'edit-address'),
  TLS_FAILED: row(6, 'retry'),
  TLS_TOO_OLD: row(6),
  CERT_UNTRUSTED: row(3, 'trust'),
  CERT_NAME_MISMATCH: row(3),
  CERT_NO_SAN: row(3),
  CERT_EXPIRED: row(3),
  CERT_NOT_YET_VALID: row(3),
  CERT_WEAK: row(3),
  CERT_CHAIN_INVALID: row(3),
  CERT_CHANGED: row(3, 'trust'),
  CERT_UNREADABLE: row(3),
  CLOCK_DIFFERS: row(3),
  CLIENT_CERT_REQUIRED: row(4),
  CLIENT_CERT_INVALID: row(2),
  FINGERPRINT_INVALID: row(2),
  FINGERPRINT_MISMATCH: row(3),
  CA_FILE_INVALID: row(2),
  CA_FILE_UNSUPPORTED: row(2),
  CA_FILE_PASSWORD: row(2),
  CA_FILE_PRIVATE_KEY: row(2),
  CA_FILE_UNRELATED: row(3),
  TRUST_BUNDLE_INVALID: row(2),
  TRUST_UNCONFIRMED: row(3),
  TRUST_DECLINED: row(3),
  TRUST_NOT_FOUND: row(5),
  TRUST_TARGET_UNSAFE: row(1),
  TRUST_TARGET_CHANGED: row(1, 'retry'),
  EDIT_REFUSED: row(1),
  CONSUMER_UNKNOWN: row(2),
  CONSUMER_BY_HAND: row(1),
  CONSUMER_NO_PLAIN_HTTP: row(1),
  INSECURE_NOT_NEEDED: row(2),
  PROGRAM_FAILED: row(1),
  MESS_UNKNOWN: row(5),
  MESS_LEFT_ALONE: row(1),
  PLAN_UNKNOWN: row(1, 'retry'),
  ELEVATION_UNAVAILABLE: row(1),
  ELEVATION_DENIED: row(1, 'retry'),
  ELEVATION_FAILED: row(1, 'retry'),
  CREDENTIALS_REJECTED: row(4, 'sign-in'),
  CREDENTIALS_INVALID: row(2, 'sign-in'),
  SIGN_IN_REQUIRED: row(4, 'sign-in'),
  SIGN_IN_NOT_NEEDED: row(1, 'browse'),
  SIGN_IN_INSECURE: row(4),
  REALM_FOREIGN: row(4),
  AUTH_UNSUPPORTED: row(4),
  ACCESS_DENIED: row(4, 'sign-in'),
  ACCOUNT_NOT_FOUND: row(5, 'sign-in'),
  KEYCHAIN_UNAVAILABLE: row(1, 'retry'),
  KEYCHAIN_LOCKED: row(1, 'retry'),
  KEYCHAIN_FAILED: row(1, 'retry'),
  DOCKER_CONFIG_INVALID: row(1),
  HELPER_NOT_ON_PATH: row(1),
  HELPER_MISSING: row(1, 'install-helper'),
  NODE_MISSING: row(1),
  HELPER_FOREIGN: row(1),
  HELPER_ROUTE_TAKEN: row(1),
  REPOSITORY_NOT_FOUND: row(5),
  TAG_NOT_FOUND: row(5),
  CATALOG_UNAVAILABLE: row(1),
  REGISTRY_ERROR: row(1, 'retry'),
  REGISTRY_RESPONSE_INVALID: row(1, 'retry'),
  DIGEST_MISMATCH: row(1, 'retry'),
  RESPONSE_TOO_LARGE: row(1),
  RATE_LIMITED: row(1, 'retry'),
  ENGINE_ABSENT: row(6, 'retry'),
  ENGINE_PERMISSION: row(6, 'retry'),
  ENGINE_UNREACHABLE: row(6, 'retry'),
  ENGINE_UNSUPPORTED: row(6),
  ENGINE_CONTEXT_MISSING: row(6),
  ENGINE_UNTRUSTED: row(3, 'trust'),
  ENGINE_TOKEN_UNTRUSTED: row(3),
  BUILD_TOKEN_UNTRUSTED: row(3),
  PROGRAM_UNTRUSTED: row(3, 'trust'),
  ENGINE_PLAIN_HTTP: row(3),
  ENGINE_SIGNED_OUT: row(4, 'sign-in'),
  ENGINE_NETWORK: row(6, 'retry'),
  ENGINE_NOT_FOUND: row(5),
  ENGINE_ERROR: row(1, 'retry'),
  CANCELLED: row(1, 'retry'),
  TASK_NOT_FOUND: row(5),
  REGISTRY_UNKNOWN: row(5),
  DEMO_NOT_RUNNING: row(1),
  INPUT_INVALID: row(2),
  FILE_FAILED: row(1, 'retry'),
  STATE_INVALID: row(1),
  USAGE_COMMAND_UNKNOWN: row(2),
  USAGE_OPTION_UNKNOWN: row(2),
  USAGE_OPTION_VALUE: row(2),
  USAGE_ARGUMENT_MISSING: row(2),
  USAGE_ARGUMENT_EXTRA: row(2),
  USAGE_PASSWORD_ARGUMENT: row(2),
  USAGE_OPTIONS_CLASH: row(2),
  USAGE_FILE_UNREADABLE: row(2),
  INTERNAL: row(1, 'retry'),
};

/** All codes of the closed list, in the order of the table. */
export const errorCodes = Object.keys(errorTable) as readonly ErrorCode[];
