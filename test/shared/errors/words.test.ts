import { describe, expect, it } from 'vitest';
import type { ErrorCode, ErrorDataByCode } from '../../../shared/errors/index.ts';
import { errorCodes, errorTable, problem } from '../../../shared/errors/index.ts';
import { createTranslator, explain, explainHere, locales } from '../../../shared/i18n/index.ts';

const text = 'v4lue';
const address = { address: text };
const detail = { ...address, detail: text };
const said = { ...address, message: text };
const path = { path: text };

/** What each code is told with; a code that is missing here, or a value, does not compile. */
const samples: { readonly [C in ErrorCode]: ErrorDataByCode[C] } = {
  ADDRESS_INVALID: { input: text },
  REFERENCE_INVALID: { input: text },
  HOST_UNKNOWN: { host: text },
  CONNECTION_REFUSED: address,
  CONNECTION_TIMEOUT: { ...address, seconds: 3 },
  CONNECTION_FAILED: detail,
  PROXY_FAILED: { proxy: text, detail: text },
  PROXY_REFUSED: { ...address, proxy: text, detail: text },
  PROXY_SIGN_IN: { proxy: text },
  PROXY_INVALID: { variable: text },
  PLAIN_HTTP: address,
  NOT_A_REGISTRY: { ...address, status: 404 },
  TLS_FAILED: detail,
  TLS_TOO_OLD: { ...address, version: text },
  CONSUMER_BY_HAND: { consumer: text, command: text },
  CONSUMER_NO_PLAIN_HTTP: { consumer: text },
  INSECURE_NOT_NEEDED: address,
  PROGRAM_FAILED: { program: text, detail: text },
  MESS_UNKNOWN: { messId: text },
  MESS_LEFT_ALONE: { ...address, ...path },
  CERT_UNTRUSTED: address,
  CERT_NAME_MISMATCH: { ...address, host: text, names: [text, text] },
  CERT_NO_SAN: { ...address, host: text },
  CERT_EXPIRED: { ...address, subject: text, notAfter: text },
  CERT_NOT_YET_VALID: { ...address, subject: text, notBefore: text },
  CERT_WEAK: { ...address, algorithm: text },
  CERT_CHAIN_INVALID: detail,
  CERT_CHANGED: { ...address, expected: text, actual: text },
  CERT_UNREADABLE: { detail: text },
  CLOCK_DIFFERS: { ...address, here: text, there: text, byServer: 'valid' },
  CLIENT_CERT_REQUIRED: address,
  CLIENT_CERT_INVALID: { ...path, reason: 'mismatch' },
  FINGERPRINT_INVALID: { input: text },
  FINGERPRINT_MISMATCH: { ...address, expected: text, presented: [text] },
  CA_FILE_INVALID: path,
  CA_FILE_UNSUPPORTED: { ...path, reason: 'encryption' },
  CA_FILE_PASSWORD: { ...path, reason: 'needed' },
  CA_FILE_PRIVATE_KEY: path,
  CA_FILE_UNRELATED: { ...path, ...address, subjects: [text, text] },
  TRUST_BUNDLE_INVALID: { reason: 'fingerprint' },
  TRUST_UNCONFIRMED: { ...address, sha256: text },
  TRUST_DECLINED: address,
  TRUST_NOT_FOUND: address,
  TRUST_TARGET_UNSAFE: { ...path, reason: text },
  TRUST_TARGET_CHANGED: path,
  EDIT_REFUSED: { ...path, reason: 'conflict', detail: text },
  CONSUMER_UNKNOWN: { consumer: text, found: [text] },
  PLAN_UNKNOWN: { planId: text },
  ELEVATION_UNAVAILABLE: { command: text },
  ELEVATION_DENIED: { command: text },
  ELEVATION_FAILED: { detail: text },
  CREDENTIALS_REJECTED: { ...address, username: text },
  IDENTITY_TOKEN_REJECTED: address,
  IDENTITY_TOKEN_UNSUPPORTED: address,
  CREDENTIALS_INVALID: { ...address, reason: text },
  SIGN_IN_REQUIRED: address,
  ACCOUNT_SWITCHED: address,
  SIGN_IN_NOT_NEEDED: address,
  SIGN_IN_INSECURE: address,
  REALM_FOREIGN: { ...address, realm: text },
  AUTH_UNSUPPORTED: { ...address, scheme: text },
  HEADER_INVALID: { part: 'name' },
  HEADER_TAKEN: { name: text },
  HEADER_INSECURE: address,
  HEADER_UNKNOWN: { ...address, name: text },
  ACCESS_DENIED: { ...address, subject: text },
  ACCOUNT_NOT_FOUND: address,
  ACCOUNT_UNKNOWN: { ...address, username: text },
  SECRET_STAYS: {},
  KEYCHAIN_UNAVAILABLE: { detail: text },
  KEYCHAIN_LOCKED: address,
  KEYCHAIN_FAILED: { detail: text },
  STORE_LOCKED: address,
  PASSPHRASE_WRONG: {},
  KEY_FILE_INVALID: { ...path, reason: 'othersCanRead' },
  LOGIN_FILE_DAMAGED: { ...address, ...path },
  LOGINS_NOT_MOVED: { addresses: [text, text] },
  LOGINS_LEFT: path,
  UNLOCK_NOT_NEEDED: {},
  UNLOCK_FAILED: { detail: text },
  STORE_UNSUPPORTED: {},
  KEYCHAIN_SILENT: {},
  LOGIN_UNREADABLE: { key: text, place: text },
  LOGIN_IS_BEARER: { ...address, place: text },
  LOGIN_SEVERAL: { ...address, place: text },
  LOGIN_GONE: {},
  LOGIN_NOT_FOUND: address,
  LOGIN_DIFFERS: { ...address, username: text },
  LOGIN_NOT_KEPT: address,
  LOGIN_NAMESPACED: { ...address, key: text, place: text },
  AUTH_FILE_ALONE: { ...address, ...path },
  AUTH_FILE_INVALID: path,
  HELPER_NEEDED: address,
  OTHER_HELPER_ABSENT: { helper: text },
  OTHER_HELPER_FAILED: { helper: text, detail: text },
  EXPORT_IDENTITY_TOKEN: address,
  DOCKER_CONFIG_INVALID: path,
  HELPER_NOT_ON_PATH: { directory: text },
  HELPER_MISSING: path,
  NODE_MISSING: {},
  HELPER_FOREIGN: path,
  HELPER_GONE: { helper: text, ...path, registries: [text, text] },
  HELPER_HIDES_LOGINS: { logins: [text, text] },
  DOCKER_AUTH_VARIABLE: { addresses: [text, text] },
  DOCKER_SNAP: path,
  DOCKER_CONFIG_LINK: { ...path, target: text },
  DOCKER_LOGIN_DAMAGED: { ...path, key: text },
  PODMAN_PLAINTEXT: { ...path, ...address },
  HELPER_ROUTE_TAKEN: { ...address, helper: text },
  REPOSITORY_NOT_FOUND: { ...address, repository: text },
  TAG_NOT_FOUND: { reference: text },
  PLATFORM_NOT_FOUND: { reference: text, platform: text, platforms: [text, text] },
  BLOB_NOT_FOUND: { ...address, repository: text, digest: text },
  BLOB_SIZE_WRONG: { digest: text, expected: 5, actual: 4 },
  LAYER_UNREADABLE: { digest: text, reason: 'damaged' },
  IMAGE_TOO_LARGE: { entries: 3 },
  IMAGE_WITHOUT_FILES: { reference: text },
  IMAGE_FILE_NOT_FOUND: path,
  IMAGE_FILE_OTHER: { ...path, kind: 'link', target: text },
  UPLOAD_TOO_LARGE: { ...address, size: 3 },
  DELETE_DISABLED: address,
  DELETE_OUTDATED: { reference: text },
  DELETE_UNCONFIRMED: { repository: text },
  DELETE_DECLINED: { repository: text },
  TRANSFER_UNSUITABLE: { reference: text, reason: 'artifact' },
  SAVE_PATH_TAKEN: { path: text, kind: 'file' },
  DISK_FULL: { path: text, needed: 900, free: 20 },
  CATALOG_UNAVAILABLE: { ...address, status: 404 },
  NAMESPACE_NEEDED: address,
  SEARCH_UNAVAILABLE: address,
  REGISTRY_IS_V1: address,
  REGISTRY_ERROR: { ...detail, status: 500 },
  REGISTRY_RESPONSE_INVALID: detail,
  DIGEST_MISMATCH: { expected: text, actual: text },
  RESPONSE_TOO_LARGE: { ...address, limit: 4_000_000 },
  NOTHING_KEPT: { subject: text },
  RATE_LIMITED: { ...address, seconds: 0 },
  ENGINE_ABSENT: { tried: [text, text, text] },
  ENGINE_PERMISSION: { endpoint: text },
  ENGINE_UNREACHABLE: { endpoint: text, detail: text },
  ENGINE_UNSUPPORTED: { endpoint: text },
  ENGINE_CONTEXT_MISSING: { context: text },
  ENGINE_UNTRUSTED: said,
  ENGINE_TOKEN_UNTRUSTED: { ...said, version: 'none' },
  BUILD_TOKEN_UNTRUSTED: said,
  PROGRAM_UNTRUSTED: { ...said, program: text },
  ENGINE_PLAIN_HTTP: said,
  ENGINE_SIGNED_OUT: said,
  ENGINE_NETWORK: said,
  ENGINE_NOT_FOUND: { reference: text, message: text },
  ENGINE_DIGEST_MISMATCH: { reference: text, message: text },
  ENGINE_ERROR: { message: text },
  CANCELLED: { subject: text },
  TASK_NOT_FOUND: { id: text },
  REGISTRY_UNKNOWN: address,
  DEMO_NOT_RUNNING: {},
  INPUT_INVALID: { field: text },
  INPUT_LATE: { seconds: 25 },
  FILE_FAILED: { ...path, reason: text },
  STATE_INVALID: path,
  USAGE_COMMAND_UNKNOWN: { command: text },
  USAGE_OPTION_UNKNOWN: { option: text },
  USAGE_OPTION_VALUE: { option: text },
  USAGE_ARGUMENT_MISSING: { argument: text },
  USAGE_ARGUMENT_EXTRA: { argument: text },
  USAGE_PASSWORD_ARGUMENT: { option: text },
  USAGE_OPTIONS_CLASH: { option: text, other: text },
  USAGE_FILE_UNREADABLE: { ...path, reason: 'ENOENT' },
  INTERNAL: {},
};

describe.each(locales)('every error in words (%s)', (locale) => {
  const t = createTranslator(locale);

  it.each(errorCodes)('%s', (code) => {
    const { what, why, fix } = explain(t, problem(code, samples[code]));
    for (const words of [what, why, fix]) {
      expect(words.trim()).not.toBe('');
      expect(words).not.toMatch(/[{}]|undefined|\[object/);
    }
  });

  it('names no command of the terminal in the window, where that has a button for it', () => {
    for (const code of errorCodes) {
      const { fix, ...told } = explainHere(t, problem(code, samples[code]));
      expect({ ...told, fix: '' }).toEqual({
        ...explain(t, problem(code, samples[code])),
        fix: '',
      });
      expect(fix.trim()).not.toBe('');
      expect(fix).not.toMatch(/[{}]|undefined|\[object/);
      if (errorTable[code].action !== 'none') expect(fix, code).not.toContain('`regent ');
    }
  });

  it('says the same in the window and in the terminal where nothing is to be typed', () => {
    const refused = problem('CONNECTION_REFUSED', samples.CONNECTION_REFUSED);
    expect(explainHere(t, refused)).toEqual(explain(t, refused));
    const locked = problem('STORE_LOCKED', samples.STORE_LOCKED);
    expect(explain(t, locked).fix).toContain('`regent accounts unlock`');
    expect(explainHere(t, locked).fix).not.toContain('`');
  });

  it('puts no particle straight after a value, which would need to know its last sound', () => {
    for (const code of errorCodes) {
      const told = problem(code, samples[code]);
      const words = [...Object.values(explain(t, told)), explainHere(t, told).fix].join(' ');
      expect(words).not.toMatch(/v4lue[”"]?[가-힣]/u);
    }
  });

  it('says what was cancelled, found or asked for', () => {
    const absent = explain(t, problem('ENGINE_ABSENT', { tried: ['/a.sock', '/b.sock'] }));
    expect(absent.why).toMatch(/\/a\.sock.*\/b\.sock/);
    const untrusted = explain(t, problem('CERT_UNTRUSTED', { address: 'nas:5000' }));
    expect(untrusted.fix).toContain('`regent trust nas:5000`');
    const command = 'install -m 0644 <<EOF';
    const byHand = explain(t, problem('ELEVATION_UNAVAILABLE', { command }));
    expect(byHand.fix.endsWith(`\n${command}`)).toBe(true);
  });
});
