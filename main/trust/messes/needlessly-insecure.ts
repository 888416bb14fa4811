import { join } from 'node:path';
import type { Mess } from '../../../shared/model/trust.ts';
import { insecureEntries } from '../edit/daemon-json.ts';
import type { Machine } from '../targets/target.ts';
import { messIdOf } from './mess-id.ts';

/**
 * A registry that is listed as insecure although certificates for it are there: Docker then ignores them (moby,
 * registry/config.go).
 */
export async function findNeedlesslyInsecure(
  consumer: Mess['consumer'],
  address: string,
  { places, readText, names }: Machine,
): Promise<readonly Mess[]> {
  if (consumer !== 'docker-engine') return [];
  const settings = join(places.root, 'etc', 'docker');
  const path = join(settings, 'daemon.json');
  const files = await names(join(settings, 'certs.d', address));
  if (!files.some((name) => name.endsWith('.crt'))) return [];
  if (!entriesIn((await readText(path)) ?? '{}').includes(address)) return [];
  const mess = { consumer, address, path, kind: 'needlessly-insecure' } as const;
  return [{ ...mess, id: messIdOf(mess), mendable: true }];
}

function entriesIn(text: string): readonly string[] {
  try {
    return insecureEntries(text);
  } catch {
    return [];
  }
}
