import { RegentError } from '../../../shared/errors/regent-error.ts';
import { DeadlinePassed, withDeadline } from '../../platform/deadline.ts';
import type { KeyringState } from './keyring-state.ts';
import { fitsOneItem, formatHead, partName, readHead } from './secret-parts.ts';
import type { Vault } from './vault.ts';

/** One secret's place in the keychain; the address is for error messages. */
export interface KeychainItem {
  readonly address: string;
  readonly name: string;
}

/**
 * A place for secrets: one an item, whatever its size. Methods throw RegentError: the OS keychain, which does one thing
 * at a time, `KEYCHAIN_UNAVAILABLE`, `KEYCHAIN_LOCKED`, `KEYCHAIN_SILENT` or `KEYCHAIN_FAILED`; encrypted files
 * `STORE_LOCKED`, `KEY_FILE_INVALID`, `LOGIN_FILE_DAMAGED` or `FILE_FAILED`.
 */
export interface Keychain {
  /** What the system calls it. */
  readonly title: string;
  /** The secret, or null when there is none, or when a locked Linux keyring does not say: see `state`. */
  read(item: KeychainItem): Promise<string | null>;
  write(item: KeychainItem, secret: string, knowing?: WriteKnowledge): Promise<void>;
  /** Whether the system's keychain keeps such a secret in one item; of files, no one knows. */
  holdsWhole(secret: string): boolean;
  /** Begins in the background what its first use takes long for. Never fails. */
  prepare(): void;
  /** Whether there was one; false also for a locked Linux keyring. */
  remove(item: KeychainItem): Promise<boolean>;
  /** Whether it is locked, asked without opening a dialog. macOS and Windows unlock by themselves or fail. */
  state(): Promise<KeyringState>;
  /** Which kind of place it is, now. */
  source(): Promise<'keychain' | 'file'>;
  /**
   * Changes secrets together with the list of logins: again, where the user has chosen another place meanwhile, as
   * only what is listed is taken along. So the work must bear being done twice.
   * @param items whose secrets the work changes
   */
  settled<T>(items: readonly KeychainItem[], work: () => Promise<T>): Promise<T>;
}

/** What the caller knows, and what else it has to do. */
interface WriteKnowledge {
  /** What is there has no parts, so it is not read to find and remove them. */
  readonly replacesWhole: boolean;
  /** Called while the keychain is at work, in a thread of its own, unless it is done too soon; must not throw. */
  readonly meanwhile: () => void;
}

/** What a keychain is made of; tests replace it. */
export interface KeychainOptions {
  readonly platform: NodeJS.Platform;
  readonly loadVault: () => Promise<Vault>;
  readonly readState: () => Promise<KeyringState>;
  /** In milliseconds; long enough for a person to answer an unlock dialog. */
  readonly deadlineMs: number;
  /** How many bytes one item holds. */
  readonly itemLimit: number;
}

/** Under this name the items stand in the system's own list. */
const SERVICE = 'regent';

const TITLES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
};

/**
 * Opens the keychain of this system: the one way to it for the window, the terminal and the credential helper.
 * What a plain read does not need is loaded when it is, for the helper's start.
 */
export function openKeychain(options: Partial<KeychainOptions> = {}): Keychain {
  const platform = options.platform ?? process.platform;
  const whole: KeychainOptions = {
    platform,
    loadVault: async () => (await import('./vault.ts')).loadNativeVault(),
    readState: async () => (await import('./keyring-state.ts')).readKeyringState(process.env),
    // Just before GLib's own 25 s, after which a hanging keyring would be reported in GLib's words.
    deadlineMs: 24_000,
    // Windows: CRED_MAX_CREDENTIAL_BLOB_SIZE is 2,560. Elsewhere a mebibyte was seen to fit.
    itemLimit: platform === 'win32' ? 2400 : 256 * 1024,
    ...options,
  };
  const state = async () => (platform === 'linux' ? whole.readState() : 'unlocked');
  let loaded: Promise<Vault> | undefined;
  const load = () => {
    loaded ??= whole.loadVault().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  let last: Promise<unknown> = Promise.resolve();
  const oneByOne = <T>(item: KeychainItem, work: (vault: Vault) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const vault = await load();
      return withDeadline(work(vault), whole.deadlineMs);
    });
    last = turn.catch(() => undefined);
    return turn.catch(async (error: unknown) => {
      throw await explain(error, item, state);
    });
  };
  return {
    title: TITLES[platform] ?? 'Secret Service',
    read: (item) => oneByOne(item, (vault) => readSecret(vault, item)),
    write: (item, secret, knowing) =>
      oneByOne(item, (vault) => {
        const limit = whole.itemLimit;
        const work = writeSecret(vault, item, secret, { limit, ...knowing });
        // Not at once: the first call goes to its thread before anything else is begun.
        const soon = setImmediate(() => knowing?.meanwhile());
        return work.finally(() => clearImmediate(soon));
      }),
    holdsWhole: (secret) => fitsOneItem(secret, whole.itemLimit),
    prepare: () => void load().catch(() => undefined),
    remove: (item) =>
      oneByOne(item, async (vault) => {
        await removeParts(vault, item, await vault.getPassword(SERVICE, item.name));
        return vault.deletePassword(SERVICE, item.name);
      }),
    state,
    source: async () => 'keychain',
    settled: (_, work) => work(),
  };
}

async function readSecret(vault: Vault, item: KeychainItem): Promise<string | null> {
  const text = await vault.getPassword(SERVICE, item.name);
  const head = text === null ? undefined : readHead(text);
  if (!head) return text;
  const parts: (string | null)[] = [];
  for (let n = 0; n < head.count; n += 1) {
    parts.push(await vault.getPassword(SERVICE, partName(item.name, head.id, n)));
  }
  const { joinSecret } = await import('./split-secret.ts');
  const secret = joinSecret(head, parts);
  if (secret === undefined) throw new RegentError('KEYCHAIN_FAILED', { detail: 'incomplete' });
  return secret;
}

/** New parts first, then the head that names them, then the old parts away: a kill in between leaves the old or the new secret. */
async function writeSecret(
  vault: Vault,
  item: KeychainItem,
  secret: string,
  { limit, replacesWhole = false }: { limit: number; replacesWhole?: boolean },
): Promise<void> {
  const old = replacesWhole ? null : await vault.getPassword(SERVICE, item.name);
  if (fitsOneItem(secret, limit)) {
    await vault.setPassword(SERVICE, item.name, secret);
  } else {
    const { splitSecret } = await import('./split-secret.ts');
    const { head, parts } = splitSecret(secret, limit);
    for (const [n, part] of parts.entries()) {
      await vault.setPassword(SERVICE, partName(item.name, head.id, n), part);
    }
    await vault.setPassword(SERVICE, item.name, formatHead(head));
  }
  await removeParts(vault, item, old);
}

async function removeParts(vault: Vault, item: KeychainItem, old: string | null): Promise<void> {
  const head = old === null ? undefined : readHead(old);
  for (let n = 0; n < (head?.count ?? 0); n += 1) {
    await vault.deletePassword(SERVICE, partName(item.name, head?.id ?? '', n));
  }
}

/** keytar's errors are words alone, so the keyring itself is asked what is the matter. */
async function explain(
  error: unknown,
  item: KeychainItem,
  state: () => Promise<KeyringState>,
): Promise<RegentError> {
  if (error instanceof RegentError) return error;
  const detail = String((error as Error).message);
  switch (await state()) {
    case 'locked':
      return new RegentError('KEYCHAIN_LOCKED', { address: item.address }, error);
    case 'absent':
      return new RegentError('KEYCHAIN_UNAVAILABLE', { detail }, error);
    default:
      return error instanceof DeadlinePassed
        ? new RegentError('KEYCHAIN_SILENT', {}, error)
        : new RegentError('KEYCHAIN_FAILED', { detail }, error);
  }
}
