import { RegentError } from '../../../shared/errors/regent-error.ts';
import { throwUnlessUnlocked } from '../check-keychain.ts';
import type { Keychain, KeychainItem } from './keychain.ts';

/** A change of the place where logins are kept. */
export interface Move {
  readonly from: Keychain;
  readonly to: Keychain;
  /** The logins that there are, now. */
  readonly listItems: () => Promise<readonly KeychainItem[]>;
  /** From when it resolves on, everybody uses the new place. @param copied the names of what is in both then */
  readonly switchOver: (copied: readonly string[]) => Promise<void>;
}

/**
 * Takes every login along. Each is read before anything is changed, written to the new place and read back there; only
 * then the place is switched, and only after that they are removed from the old one. Killed at any moment, every login
 * is where everybody looks for it.
 * @returns the names of what had to stay in the old place as well, see `finishMove`
 * @throws RegentError `LOGINS_NOT_MOVED` when one can't be read, and as the new place does; nothing has changed then
 */
export async function moveLogins({
  from,
  to,
  listItems,
  switchOver,
}: Move): Promise<readonly string[]> {
  const items = await listItems();
  const secrets = await readAll(from, items);
  for (const [item, secret] of secrets) await copy(to, item, secret);
  await switchOver([...secrets.keys()].map(({ name }) => name));
  const known = new Map([...secrets].map(([{ name }, secret]) => [name, secret]));
  return finishMove({ from, to, items: [...items, ...(await listItems())], known });
}

/** What is left to do once the place has been switched. */
interface Rest extends Pick<Move, 'from' | 'to'> {
  readonly items: readonly KeychainItem[];
  /** The secrets as they were copied, by name; empty where an earlier process did it. */
  readonly known: ReadonlyMap<string, string>;
}

/**
 * Takes along what was saved in the old place while it was left, and empties it.
 * @returns the names of what stays in the old place, because the new one can't be read: it may be the only good copy
 */
export async function finishMove({ from, to, items, known }: Rest): Promise<readonly string[]> {
  const left = new Set<string>();
  for (const item of items) {
    const late = await from.read(item);
    if (late === null) continue;
    const missed = await isMissed(to, item, late, known.get(item.name));
    if (missed === undefined) {
      left.add(item.name);
      continue;
    }
    if (missed) await copy(to, item, late);
    await from.remove(item);
    left.delete(item.name);
  }
  return [...left];
}

/** What was saved in the new place after the copy is newer still. Undefined: what is there can't be read. */
async function isMissed(
  to: Keychain,
  item: KeychainItem,
  late: string,
  copied: string | undefined,
): Promise<boolean | undefined> {
  if (late === copied) return false;
  const there = await to.read(item).catch(() => undefined);
  return there === undefined ? undefined : there === null || there === copied;
}

async function copy(to: Keychain, item: KeychainItem, secret: string): Promise<void> {
  await to.write(item, secret);
  if ((await to.read(item)) !== secret) {
    throw new RegentError('LOGINS_NOT_MOVED', { addresses: [item.address] });
  }
}

async function readAll(
  from: Keychain,
  items: readonly KeychainItem[],
): Promise<ReadonlyMap<KeychainItem, string>> {
  const secrets = new Map<KeychainItem, string>();
  const unread = new Set<string>();
  let cause: unknown;
  for (const item of items) {
    try {
      const secret = await from.read(item);
      if (secret === null) await throwUnlessUnlocked(from, item);
      else secrets.set(item, secret);
    } catch (error) {
      if (!(error instanceof RegentError)) throw error;
      unread.add(item.address);
      cause ??= error;
    }
  }
  if (unread.size > 0) throw new RegentError('LOGINS_NOT_MOVED', { addresses: [...unread] }, cause);
  return secrets;
}
