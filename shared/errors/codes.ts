/** What went wrong with an address or on the way to a server. */
interface AddressErrors {
  readonly ADDRESS_INVALID: { readonly input: string };
  readonly REFERENCE_INVALID: { readonly input: string };
  readonly HOST_UNKNOWN: { readonly host: string };
  readonly CONNECTION_REFUSED: { readonly address: string };
  readonly CONNECTION_TIMEOUT: { readonly address: string; readonly seconds: number };
  readonly CONNECTION_FAILED: { readonly address: string; readonly detail: string };
  /** `proxy`: its `host:port`, without its login. */
  readonly PROXY_FAILED: { readonly proxy: string; readonly detail: string };
  readonly PROXY_REFUSED: {
    readonly proxy: string;
    readonly address: string;
    readonly detail: string;
  };
  readonly PROXY_SIGN_IN: { readonly proxy: string };
  /** `variable`: the environment variable that names no proxy. */
  readonly PROXY_INVALID: { readonly variable: string };
  readonly PLAIN_HTTP: { readonly address: string };
  readonly NOT_A_REGISTRY: { readonly address: string; readonly status: number };
  readonly TLS_FAILED: { readonly address: string; readonly detail: string };
  /** `version`: the newest that the server speaks, for people; `none` when it does not say. */
  readonly TLS_TOO_OLD: { readonly address: string; readonly version: string };
}

/** What is wrong with a certificate, or with the wish to trust it. */
interface TrustErrors {
  readonly CERT_UNTRUSTED: { readonly address: string };
  readonly CERT_NAME_MISMATCH: {
    readonly address: string;
    readonly host: string;
    readonly names: readonly string[];
  };
  readonly CERT_NO_SAN: { readonly address: string; readonly host: string };
  readonly CERT_EXPIRED: {
    readonly address: string;
    readonly subject: string;
    readonly notAfter: string;
  };
  readonly CERT_NOT_YET_VALID: {
    readonly address: string;
    readonly subject: string;
    readonly notBefore: string;
  };
  readonly CERT_WEAK: { readonly address: string; readonly algorithm: string };
  readonly CERT_CHAIN_INVALID: { readonly address: string; readonly detail: string };
  readonly CERT_CHANGED: {
    readonly address: string;
    readonly expected: string;
    readonly actual: string;
  };
  readonly CERT_UNREADABLE: { readonly detail: string };
  /** `here` and `there`: what this machine's and the server's clock say; `byServer`: `valid` or `invalid` by the latter. */
  readonly CLOCK_DIFFERS: {
    readonly address: string;
    readonly here: string;
    readonly there: string;
    readonly byServer: string;
  };
  readonly CLIENT_CERT_REQUIRED: { readonly address: string };
  readonly CLIENT_CERT_INVALID: { readonly path: string; readonly reason: string };
  readonly FINGERPRINT_INVALID: { readonly input: string };
  readonly FINGERPRINT_MISMATCH: {
    readonly address: string;
    readonly expected: string;
    readonly presented: readonly string[];
  };
  readonly CA_FILE_INVALID: { readonly path: string };
  readonly CA_FILE_UNSUPPORTED: { readonly path: string; readonly reason: string };
  readonly CA_FILE_PASSWORD: { readonly path: string; readonly reason: string };
  readonly CA_FILE_PRIVATE_KEY: { readonly path: string };
  /** `subjects`: whose certificates the file holds. */
  readonly CA_FILE_UNRELATED: {
    readonly path: string;
    readonly address: string;
    readonly subjects: readonly string[];
  };
  /** `reason`: see main/trust/export/read-bundle.ts. */
  readonly TRUST_BUNDLE_INVALID: { readonly reason: string };
  readonly TRUST_UNCONFIRMED: { readonly address: string; readonly sha256: string };
  readonly TRUST_DECLINED: { readonly address: string };
  readonly TRUST_NOT_FOUND: { readonly address: string };
  readonly TRUST_TARGET_UNSAFE: { readonly path: string; readonly reason: string };
  readonly TRUST_TARGET_CHANGED: { readonly path: string };
  /** `found`: the ids of those that are on this machine. */
  readonly EDIT_REFUSED: {
    readonly path: string;
    readonly reason: string;
    readonly detail: string;
  };
  readonly CONSUMER_UNKNOWN: { readonly consumer: string; readonly found: readonly string[] };
  /** `command`: what a person can run by hand. */
  readonly CONSUMER_BY_HAND: { readonly consumer: string; readonly command: string };
  readonly CONSUMER_NO_PLAIN_HTTP: { readonly consumer: string };
  readonly INSECURE_NOT_NEEDED: { readonly address: string };
  /** `detail`: the program's own last words. */
  readonly PROGRAM_FAILED: { readonly program: string; readonly detail: string };
  readonly MESS_UNKNOWN: { readonly messId: string };
  readonly MESS_LEFT_ALONE: { readonly address: string; readonly path: string };
  readonly PLAN_UNKNOWN: { readonly planId: string };
  readonly ELEVATION_UNAVAILABLE: { readonly command: string };
  readonly ELEVATION_DENIED: { readonly command: string };
  readonly ELEVATION_FAILED: { readonly detail: string };
}

/** What went wrong with signing in, the keychain or Docker's config. */
interface AccountErrors {
  readonly CREDENTIALS_REJECTED: { readonly address: string; readonly username: string };
  /** What docker calls an identity token: a refresh token for the registry's token server. */
  readonly IDENTITY_TOKEN_REJECTED: { readonly address: string };
  readonly IDENTITY_TOKEN_UNSUPPORTED: { readonly address: string };
  readonly CREDENTIALS_INVALID: { readonly address: string; readonly reason: string };
  readonly SIGN_IN_REQUIRED: { readonly address: string };
  readonly ACCOUNT_SWITCHED: { readonly address: string };
  readonly SIGN_IN_NOT_NEEDED: { readonly address: string };
  readonly SIGN_IN_INSECURE: { readonly address: string };
  readonly REALM_FOREIGN: { readonly address: string; readonly realm: string };
  readonly AUTH_UNSUPPORTED: { readonly address: string; readonly scheme: string };
  /** `part`: `name` or `value`. Neither is told: what was typed as one may be the other. */
  readonly HEADER_INVALID: { readonly part: string };
  /** `name`: a header that Regent or HTTP itself writes. */
  readonly HEADER_TAKEN: { readonly name: string };
  readonly HEADER_INSECURE: { readonly address: string };
  readonly HEADER_UNKNOWN: { readonly address: string; readonly name: string };
  readonly ACCESS_DENIED: { readonly address: string; readonly subject: string };
  readonly ACCOUNT_NOT_FOUND: { readonly address: string };
  readonly ACCOUNT_UNKNOWN: { readonly address: string; readonly username: string };
  readonly SECRET_STAYS: Readonly<Record<never, never>>;
  readonly KEYCHAIN_UNAVAILABLE: { readonly detail: string };
  readonly KEYCHAIN_LOCKED: { readonly address: string };
  readonly KEYCHAIN_FAILED: { readonly detail: string };
  /** The encrypted files are to be unlocked with their passphrase first. */
  readonly STORE_LOCKED: { readonly address: string };
  readonly PASSPHRASE_WRONG: Readonly<Record<never, never>>;
  /** `reason`: see main/accounts/secrets/files/key-file.ts, or the system's code. */
  readonly KEY_FILE_INVALID: { readonly path: string; readonly reason: string };
  /** The encrypted file of one login. */
  readonly LOGIN_FILE_DAMAGED: { readonly address: string; readonly path: string };
  /** `addresses`: whose logins can't be taken along. */
  readonly LOGINS_NOT_MOVED: { readonly addresses: readonly string[] };
  /** `path`: a folder of encrypted logins that no choice names, and the keychain has not all that is in it. */
  readonly LOGINS_LEFT: { readonly path: string };
  readonly UNLOCK_NOT_NEEDED: Readonly<Record<never, never>>;
  readonly UNLOCK_FAILED: { readonly detail: string };
  readonly STORE_UNSUPPORTED: Readonly<Record<never, never>>;
  readonly KEYCHAIN_SILENT: Readonly<Record<never, never>>;
  /** `place`: a file, or the name of a helper's program; `key`: as it stands there, but without a user before `@`. */
  readonly LOGIN_UNREADABLE: { readonly key: string; readonly place: string };
  readonly LOGIN_IS_BEARER: { readonly address: string; readonly place: string };
  /** One entry holds more than one secret, of which only one could be kept. */
  readonly LOGIN_SEVERAL: { readonly address: string; readonly place: string };
  readonly LOGIN_GONE: Readonly<Record<never, never>>;
  /** No other program keeps one. */
  readonly LOGIN_NOT_FOUND: { readonly address: string };
  readonly LOGIN_DIFFERS: { readonly address: string; readonly username: string };
  readonly LOGIN_NOT_KEPT: { readonly address: string };
  readonly LOGIN_NAMESPACED: {
    readonly address: string;
    readonly key: string;
    readonly place: string;
  };
  readonly AUTH_FILE_ALONE: { readonly address: string; readonly path: string };
  readonly AUTH_FILE_INVALID: { readonly path: string };
  readonly HELPER_NEEDED: { readonly address: string };
  readonly OTHER_HELPER_ABSENT: { readonly helper: string };
  /** `detail`: its own last words. */
  readonly OTHER_HELPER_FAILED: { readonly helper: string; readonly detail: string };
  readonly EXPORT_IDENTITY_TOKEN: { readonly address: string };
  readonly DOCKER_CONFIG_INVALID: { readonly path: string };
  readonly HELPER_NOT_ON_PATH: { readonly directory: string };
  readonly HELPER_MISSING: { readonly path: string };
  readonly NODE_MISSING: Readonly<Record<never, never>>;
  readonly HELPER_FOREIGN: { readonly path: string };
  /** `registries`: keys of `credHelpers` that lead to it; `none` when it is the default of all others. */
  readonly HELPER_GONE: {
    readonly helper: string;
    readonly path: string;
    readonly registries: readonly string[];
  };
  /** `logins`: the registry, and the user where it is known. */
  readonly HELPER_HIDES_LOGINS: { readonly logins: readonly string[] };
  readonly DOCKER_AUTH_VARIABLE: { readonly addresses: readonly string[] };
  readonly DOCKER_SNAP: { readonly path: string };
  readonly DOCKER_CONFIG_LINK: { readonly path: string; readonly target: string };
  /** `key`: as it stands under `auths`. */
  readonly DOCKER_LOGIN_DAMAGED: { readonly path: string; readonly key: string };
  readonly PODMAN_PLAINTEXT: { readonly path: string; readonly address: string };
  readonly HELPER_ROUTE_TAKEN: { readonly address: string; readonly helper: string };
}

/** What a registry answered that it should not have, or refused. */
interface RegistryErrors {
  readonly REPOSITORY_NOT_FOUND: { readonly address: string; readonly repository: string };
  readonly TAG_NOT_FOUND: { readonly reference: string };
  /** `platforms`: those that there are. */
  readonly PLATFORM_NOT_FOUND: {
    readonly reference: string;
    readonly platform: string;
    readonly platforms: readonly string[];
  };
  readonly BLOB_NOT_FOUND: {
    readonly address: string;
    readonly repository: string;
    readonly digest: string;
  };
  /** In bytes; `actual` is what has arrived, or what was announced. */
  readonly BLOB_SIZE_WRONG: {
    readonly digest: string;
    readonly expected: number;
    readonly actual: number;
  };
  /** `reason`: see main/registry/files/unpack/layer-error.ts. */
  readonly LAYER_UNREADABLE: { readonly digest: string; readonly reason: string };
  /** `entries`: how many files and folders there were when it was given up. */
  readonly IMAGE_TOO_LARGE: { readonly entries: number };
  readonly IMAGE_WITHOUT_FILES: { readonly reference: string };
  readonly IMAGE_FILE_NOT_FOUND: { readonly path: string };
  /** `kind`: what it is instead of a file; `target`: where a link leads to, else `none`. */
  readonly IMAGE_FILE_OTHER: {
    readonly path: string;
    readonly kind: string;
    readonly target: string;
  };
  /** `size`: bytes that were too many for one request. */
  readonly UPLOAD_TOO_LARGE: { readonly address: string; readonly size: number };
  readonly DELETE_DISABLED: { readonly address: string };
  /** `reference`: what no longer is as it was when the deletion was planned. */
  readonly DELETE_OUTDATED: { readonly reference: string };
  readonly DELETE_UNCONFIRMED: { readonly repository: string };
  readonly DELETE_DECLINED: { readonly repository: string };
  /** `reason`: `schema1`, `artifact` (no image that an engine could load), `foreign` or `encrypted` (a layer). */
  readonly TRANSFER_UNSUITABLE: { readonly reference: string; readonly reason: string };
  /** `kind`: what stands there, `file`, `folder`, or `image` for one of that name in an OCI layout. */
  readonly SAVE_PATH_TAKEN: { readonly path: string; readonly kind: string };
  /** In megabytes. */
  readonly DISK_FULL: { readonly path: string; readonly needed: number; readonly free: number };
  readonly CATALOG_UNAVAILABLE: { readonly address: string; readonly status: number };
  readonly NAMESPACE_NEEDED: { readonly address: string };
  /** A registry of the first generation, which has no list, and a search that finds nothing. */
  readonly SEARCH_UNAVAILABLE: { readonly address: string };
  readonly REGISTRY_IS_V1: { readonly address: string };
  readonly REGISTRY_ERROR: {
    readonly address: string;
    readonly status: number;
    readonly detail: string;
  };
  readonly REGISTRY_RESPONSE_INVALID: { readonly address: string; readonly detail: string };
  readonly DIGEST_MISMATCH: { readonly expected: string; readonly actual: string };
  readonly RESPONSE_TOO_LARGE: { readonly address: string; readonly limit: number };
  /** `subject`: a registry or repository of which this machine remembers nothing. */
  readonly NOTHING_KEPT: { readonly subject: string };
  readonly RATE_LIMITED: { readonly address: string; readonly seconds: number };
}

/** What the container engine lacks or said. */
interface EngineErrors {
  readonly ENGINE_ABSENT: { readonly tried: readonly string[] };
  readonly ENGINE_PERMISSION: { readonly endpoint: string };
  readonly ENGINE_UNREACHABLE: { readonly endpoint: string; readonly detail: string };
  readonly ENGINE_UNSUPPORTED: { readonly endpoint: string };
  readonly ENGINE_CONTEXT_MISSING: { readonly context: string };
  readonly ENGINE_UNTRUSTED: { readonly address: string; readonly message: string };
  /** `version`: of an engine that is too old to trust a token server; `none` for other causes. */
  readonly ENGINE_TOKEN_UNTRUSTED: {
    readonly address: string;
    readonly message: string;
    readonly version: string;
  };
  readonly BUILD_TOKEN_UNTRUSTED: { readonly address: string; readonly message: string };
  readonly PROGRAM_UNTRUSTED: {
    readonly address: string;
    readonly program: string;
    readonly message: string;
  };
  readonly ENGINE_PLAIN_HTTP: { readonly address: string; readonly message: string };
  readonly ENGINE_SIGNED_OUT: { readonly address: string; readonly message: string };
  readonly ENGINE_NETWORK: { readonly address: string; readonly message: string };
  readonly ENGINE_NOT_FOUND: { readonly reference: string; readonly message: string };
  /** What arrived has another digest than what was asked for. */
  readonly ENGINE_DIGEST_MISMATCH: { readonly reference: string; readonly message: string };
  readonly ENGINE_ERROR: { readonly message: string };
}

/** Everything else: tasks, the command line, Regent's own files. */
interface GeneralErrors {
  readonly CANCELLED: { readonly subject: string };
  readonly TASK_NOT_FOUND: { readonly id: string };
  readonly REGISTRY_UNKNOWN: { readonly address: string };
  readonly DEMO_NOT_RUNNING: Readonly<Record<never, never>>;
  readonly INPUT_INVALID: { readonly field: string };
  /** `seconds`: how long it was waited for. */
  readonly INPUT_LATE: { readonly seconds: number };
  readonly FILE_FAILED: { readonly path: string; readonly reason: string };
  readonly STATE_INVALID: { readonly path: string };
  readonly USAGE_COMMAND_UNKNOWN: { readonly command: string };
  readonly USAGE_OPTION_UNKNOWN: { readonly option: string };
  readonly USAGE_OPTION_VALUE: { readonly option: string };
  readonly USAGE_ARGUMENT_MISSING: { readonly argument: string };
  readonly USAGE_ARGUMENT_EXTRA: { readonly argument: string };
  readonly USAGE_PASSWORD_ARGUMENT: { readonly option: string };
  readonly USAGE_OPTIONS_CLASH: { readonly option: string; readonly other: string };
  /** `reason`: the system's code, such as `ENOENT`. */
  readonly USAGE_FILE_UNREADABLE: { readonly path: string; readonly reason: string };
  readonly INTERNAL: Readonly<Record<never, never>>;
}

/** The closed list of errors: each code with the data its words need. */
export type ErrorDataByCode = AddressErrors &
  TrustErrors &
  AccountErrors &
  RegistryErrors &
  EngineErrors &
  GeneralErrors;

/** A code of the closed list. */
export type ErrorCode = keyof ErrorDataByCode;
