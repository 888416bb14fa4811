import { basename, dirname } from 'node:path';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import { consumersOn } from '../targets/index.ts';
import type { Consumer, Machine, Places } from '../targets/target.ts';

/** The folders that a consumer reads for one registry, each once, the first it looks for first. */
export function foldersOf(consumer: Consumer, address: string, places: Places): readonly string[] {
  return [...new Set(consumer.registryFolders?.(address, places) ?? [])];
}

/** Those of them that are its own, where it is told of trust; the others are other consumers'. */
export function ownFoldersOf(
  consumer: Consumer,
  address: string,
  places: Places,
): readonly string[] {
  const folders = foldersOf(consumer, address, places);
  return folders.filter((folder) => dirname(folder) === dirname(folders[0] ?? ''));
}

/** Whose own a registry's folder is. */
export function ownerOf(folder: string, address: string, places: Places): Consumer | undefined {
  return consumersOn(places.platform).find((consumer) =>
    ownFoldersOf(consumer, address, places).includes(folder),
  );
}

/** The registries that a consumer finds folders for, its own or others'. */
export async function addressesOf(
  consumer: Consumer,
  { places, names }: Machine,
): Promise<readonly string[]> {
  const samples = foldersOf(consumer, 'registry.example', places);
  const parents = [...new Set(samples.map((folder) => dirname(folder)))];
  const found = (await Promise.all(parents.map(names))).flat();
  const addresses = found
    // containerd's other way to write it (containerd, config/hosts.go).
    .map((name) => basename(name).replace(/_(\d+)_$/, ':$1'))
    .filter((name) => splitAddress(name) !== undefined);
  return [...new Set(addresses)].sort();
}
