import { daemonJson } from '../edit/daemon-json.ts';
import type { Consumer, Machine } from '../targets/target.ts';
import { foldersOf } from './folders.ts';
import type { Fault } from './look-into-folder.ts';

/**
 * A registry that is listed as insecure although certificates for it are there: Docker then ignores them (moby,
 * registry/config.go).
 */
export async function findNeedlesslyInsecure(
  consumer: Consumer,
  address: string,
  { places, readText, names }: Machine,
): Promise<readonly Fault[]> {
  if (!consumer.id.startsWith('docker-')) return [];
  const files = await Promise.all(foldersOf(consumer, address, places).map(names));
  if (!files.flat().some((name) => name.endsWith('.crt'))) return [];
  const wish = {
    address,
    certificates: [],
    replaced: [],
    client: null,
    plainHttp: false,
    withdrawn: true,
  };
  const operations = consumer.operations({ ...wish, aside: [] }, places);
  const settings = operations.find(({ kind }) => kind === 'edit');
  const path = settings && 'path' in settings ? settings.path : '';
  const isListed = daemonJson.has((await readText(path)) ?? '', { address });
  const kind = 'needlessly-insecure';
  return isListed ? [{ kind, path, certificate: null, mendable: true }] : [];
}
