import { RegentError } from '../../../shared/errors/regent-error.ts';
import {
  isHeaderName,
  isHeaderValue,
  isTakenHeader,
  type RegistryHeader,
} from '../../../shared/model/registry-header.ts';
import { type Clock, isoNow } from '../../platform/clock.ts';
import type { Paths } from '../../platform/paths.ts';
import { throwUnlessUnlocked } from '../check-keychain.ts';
import type { Keychain } from '../secrets/keychain.ts';
import { serverKey } from '../server-key.ts';
import { type HeaderEntry, headerItem, isSameHeader, openHeaderIndex } from './header-index.ts';

/**
 * The headers that registries are sent because a gate before them wants to see them: values among the secrets, the list of
 * them in a file. Methods throw RegentError `STATE_INVALID` or `FILE_FAILED`, and where a value is at stake what the
 * secret store throws.
 */
export interface RegistryHeaders {
  /** Those of one registry, in the order in which they were set. */
  list(address: string): Promise<readonly RegistryHeader[]>;
  /** @throws RegentError `HEADER_INVALID`, `HEADER_TAKEN` */
  set(address: string, name: string, value: string): Promise<RegistryHeader>;
  /** Whether there was one. */
  remove(address: string, name: string): Promise<boolean>;
  /** Names and values. They leave the main process for that registry alone. */
  valuesFor(address: string): Promise<Readonly<Record<string, string>>>;
  /** Changes whenever one of a registry's headers does; null while it has none. No secret. */
  stateOf(address: string): Promise<string | null>;
}

/** What the headers are kept with. */
export interface HeadersOptions {
  readonly paths: Pick<Paths, 'data'>;
  readonly clock: Clock;
  readonly keychain: Keychain;
}

/** Opens the headers. */
export function createRegistryHeaders({ paths, clock, keychain }: HeadersOptions): RegistryHeaders {
  const index = openHeaderIndex(paths.data);
  const entriesOf = async (address: string) => {
    const key = serverKey(address);
    return (await index.read()).headers.filter((entry) => serverKey(entry.address) === key);
  };
  return {
    list: async (address) =>
      (await entriesOf(address)).map(({ name, updatedAt }) => ({ name, updatedAt })),
    set: async (address, name, value) => {
      checkHeader(name, value);
      const entry: HeaderEntry = { address, name, updatedAt: isoNow(clock) };
      const item = headerItem(entry);
      // The value first: a list that names a header without one would be a lie.
      await keychain.settled([item], async () => {
        await keychain.write(item, value);
        await index.update(({ version, headers }) => ({
          version,
          headers: [...headers.filter((other) => !isSameHeader(other, entry)), entry],
        }));
      });
      return { name, updatedAt: entry.updatedAt };
    },
    remove: async (address, name) => {
      const found = (await entriesOf(address)).find((one) => isSameHeader(one, { address, name }));
      if (!found) return false;
      const item = headerItem(found);
      await keychain.settled([item], async () => {
        if (!(await keychain.remove(item))) await throwUnlessUnlocked(keychain, item);
        await index.update(({ version, headers }) => ({
          version,
          headers: headers.filter((other) => !isSameHeader(other, found)),
        }));
      });
      return true;
    },
    valuesFor: async (address) => {
      const values: Record<string, string> = {};
      for (const entry of await entriesOf(address)) {
        const item = headerItem(entry);
        const value = await keychain.read(item);
        if (value === null) await throwUnlessUnlocked(keychain, item);
        else values[entry.name.toLowerCase()] = value;
      }
      return values;
    },
    stateOf: async (address) => {
      const entries = await entriesOf(address);
      const states = entries.map(({ name, updatedAt }) => `${name} ${updatedAt}`);
      return states.length === 0 ? null : states.join('\n');
    },
  };
}

/** What was typed may be a value in the wrong place, so only what can be a name is told again. */
function checkHeader(name: string, value: string): void {
  if (!isHeaderName(name)) throw new RegentError('HEADER_INVALID', { part: 'name' });
  if (isTakenHeader(name)) throw new RegentError('HEADER_TAKEN', { name });
  if (!isHeaderValue(value)) throw new RegentError('HEADER_INVALID', { part: 'value' });
}
