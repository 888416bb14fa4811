import { basename, dirname } from 'node:path';
import type { Consumer, Places, TrustWish } from '../targets/target.ts';
import { asideOf, type Operation } from './operation.ts';

/** Names that may be put aside: what stands in a registry's folder, never Regent's own; plain ASCII without slashes. */
const ASIDE_NAME = /^(?!regent-)[A-Za-z0-9_[][ -.0-~]{0,200}$/;

/**
 * Everything that is done for one consumer: what is in the way goes first. Only what stands beside Regent's own
 * files for this very address can be put aside, or the registry's folder itself; any other path is left out.
 */
export function operationsFor(
  consumer: Consumer,
  wish: TrustWish,
  places: Places,
): readonly Operation[] {
  // Where nothing is to be trusted or withdrawn, its settings are not to be touched either.
  const operations = wishesNothing(wish) ? [] : consumer.operations(wish, places);
  const aside = wish.aside
    .filter((path) => mayGoAside(path, wish, consumer, places))
    .map((path): Operation => ({ kind: 'set-aside', path }));
  return [...aside, ...operations];
}

/** What was put aside once is not put aside again. */
function isAside(name: string): boolean {
  return name.endsWith(asideOf(''));
}

function wishesNothing({ certificates, client, plainHttp, withdrawn }: TrustWish): boolean {
  return certificates.length === 0 && client === null && !plainHttp && !withdrawn;
}

function mayGoAside(path: string, wish: TrustWish, consumer: Consumer, places: Places): boolean {
  const folders = consumer.registryFolders?.(wish.address, places) ?? [];
  const name = basename(path);
  const isSafe = ASIDE_NAME.test(name) && !isAside(name) && `${dirname(path)}/${name}` === path;
  return isSafe && (folders.includes(path) || folders.includes(dirname(path)));
}
