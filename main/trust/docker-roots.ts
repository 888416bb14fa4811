import { join } from 'node:path';
import { readFolder } from '../platform/read-folder.ts';
import { dockerCertsD } from './targets/docker-engine.ts';
import type { Places } from './targets/target.ts';
import { createPool, type Pool } from './verify/pool.ts';
import { findPemBlocks } from './x509/pem.ts';

/**
 * Everything that Docker Engine on this machine accepts for one address: the system's authorities and every
 * `*.crt` in the address's folder. The folder is read at each request, so it is read anew each time here too.
 */
export async function readDockerRoots(
  address: string,
  places: Pick<Places, 'root'>,
  systemRoots: () => Promise<readonly Uint8Array[]>,
): Promise<Pool> {
  const [system, texts] = await Promise.all([
    systemRoots(),
    readFolder(join(dockerCertsD(places), address), '.crt'),
  ]);
  return createPool([...system, ...texts.flatMap(findPemBlocks).map(({ der }) => der)]);
}
