import { join } from 'node:path';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import type { Mess } from '../../../shared/model/trust.ts';
import { findConsumers } from '../look-around.ts';
import type { Consumer, Machine } from '../targets/target.ts';
import { lookIntoFolder } from './look-into-folder.ts';
import { messIdOf } from './mess-id.ts';
import { findNeedlesslyInsecure } from './needlessly-insecure.ts';

/**
 * Finds what earlier attempts left behind that hides, breaks or weakens trust. Reads only.
 * @param address one registry; all that have a folder when undefined
 */
export async function findMesses(machine: Machine, address?: string): Promise<readonly Mess[]> {
  const messes: Mess[] = [];
  for (const { consumer } of await findConsumers(machine)) {
    const addresses = address === undefined ? await addressesOf(consumer, machine) : [address];
    for (const one of addresses) messes.push(...(await messesOf(consumer, one, machine)));
  }
  return messes;
}

/** The registries that a consumer has folders for. */
async function addressesOf(consumer: Consumer, machine: Machine): Promise<readonly string[]> {
  // The folders of any address stand beside those of all others.
  const [folder] = consumer.registryFolders?.('registry.example', machine.places) ?? [];
  if (folder === undefined) return [];
  const names = await machine.names(join(folder, '..'));
  return names.filter((name) => splitAddress(name) !== undefined);
}

async function messesOf(
  consumer: Consumer,
  address: string,
  machine: Machine,
): Promise<readonly Mess[]> {
  const folders = consumer.registryFolders?.(address, machine.places) ?? [];
  const found = await Promise.all(
    folders.map((folder) => lookIntoFolder(folder, { consumer: consumer.id, address }, machine)),
  );
  return [
    ...found.flatMap(({ messes }) => messes),
    ...(await hiddenFolders(folders, consumer, address, machine)),
    ...(await findNeedlesslyInsecure(consumer.id, address, machine)),
  ];
}

/** Consumers read the first folder that exists, even an empty one, and never the next. */
async function hiddenFolders(
  folders: readonly string[],
  consumer: Consumer,
  address: string,
  { names, exists }: Machine,
): Promise<readonly Mess[]> {
  const [first, ...others] = folders;
  if (first === undefined || !(await exists(first)) || (await names(first)).length > 0) return [];
  const behind = await Promise.all(others.map(names));
  const isHiding = behind.flat().some((name) => name.endsWith('.crt'));
  if (!isHiding) return [];
  const place = { consumer: consumer.id, address, path: first, kind: 'hidden-by-folder' } as const;
  return [{ ...place, id: messIdOf(place), mendable: true }];
}
