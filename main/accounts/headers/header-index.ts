import { join } from 'node:path';
import * as z from 'zod';
import { registryHeaderSchema } from '../../../shared/model/registry-header.ts';
import { openStateFile, type StateFile } from '../../platform/state-file.ts';
import type { KeychainItem } from '../secrets/keychain.ts';
import { itemName, serverKey } from '../server-key.ts';

const entrySchema = registryHeaderSchema.unwrap().extend({ address: z.string() }).readonly();
const stateSchema = z.object({ version: z.literal(1), headers: z.array(entrySchema).readonly() });

/** A header as the list knows it: no value. */
export type HeaderEntry = z.infer<typeof entrySchema>;

/** Opens `headers.json` in Regent's data folder: the list of headers beside the secret store, which has their values. */
export function openHeaderIndex(dataFolder: string): StateFile<z.infer<typeof stateSchema>> {
  return openStateFile(join(dataFolder, 'headers.json'), stateSchema, { version: 1, headers: [] });
}

/**
 * Where the value of a header is kept. No login's item begins like this: a percent sign in a server's name is itself
 * written as in a URL.
 */
export function headerItem({ address, name }: Pick<HeaderEntry, 'address' | 'name'>): KeychainItem {
  return { address, name: `%header ${itemName(serverKey(address), name.toLowerCase())}` };
}

/** Whether two entries are about one header: names of headers have no case (RFC 9110, 5.1). */
export function isSameHeader(
  one: Pick<HeaderEntry, 'address' | 'name'>,
  other: Pick<HeaderEntry, 'address' | 'name'>,
): boolean {
  return headerItem(one).name === headerItem(other).name;
}
