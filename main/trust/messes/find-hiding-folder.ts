import type { Consumer, Machine } from '../targets/target.ts';
import { foldersOf, ownerOf } from './folders.ts';
import type { Fault } from './look-into-folder.ts';

/** What is read in a registry's folder. */
const READ = /(\.(crt|cert|key)|^hosts\.toml)$/;

/**
 * A folder in which there is nothing to read, and that keeps its reader from the authorities in another: the
 * first that exists counts, even an empty one, and never the next (containerd, config/hosts.go; containers/image,
 * docker_client.go).
 */
export async function findHidingFolder(
  consumer: Consumer,
  address: string,
  { places, names, exists, readText }: Machine,
): Promise<{ readonly fault: Fault; readonly owner: Consumer } | undefined> {
  const folders = foldersOf(consumer, address, places);
  const there = await Promise.all(folders.map(exists));
  const [first, ...others] = folders.filter((_folder, index) => there[index]);
  // A file in its place is found as such.
  if (first === undefined || (await readText(first)) !== undefined) return undefined;
  if ((await names(first)).some((name) => READ.test(name))) return undefined;
  const behind = (await Promise.all(others.map(names))).flat();
  const owner = ownerOf(first, address, places);
  if (!owner || !behind.some((name) => name.endsWith('.crt'))) return undefined;
  const fault = { kind: 'hidden-by-folder', path: first, certificate: null } as const;
  // What else is in it may be of use to somebody: it goes aside with it, and comes back with it.
  return { owner, fault: { ...fault, mendable: true } };
}
