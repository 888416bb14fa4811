import { assertNever } from '../../../shared/model/assert-never.ts';
import type { HelperRepair } from '../../../shared/model/helper-status.ts';
import type { ConfigWish } from '../docker-config/config-wish.ts';
import { findRepairs } from '../reach/find-repairs.ts';
import { type OpenedInstall, requireOnPath } from './install-helper.ts';

/** Makes the changes that the state names, and no others. @throws RegentError, see `HelperInstall` */
export async function repairHelper({ files, file, addresses, look }: OpenedInstall): Promise<void> {
  const repairs = findRepairs(await look(), addresses);
  if (repairs.some(({ kind }) => kind === 'put-helper')) {
    await file.install();
    await requireOnPath(file);
  }
  const wishes = new Map<string, ConfigWish[]>();
  for (const repair of repairs) {
    const wish = wishOf(repair);
    if (wish) wishes.set(repair.path, [...(wishes.get(repair.path) ?? []), wish]);
  }
  for (const [path, each] of wishes) await files.edit(path, each);
}

function wishOf(repair: HelperRepair): ConfigWish | undefined {
  switch (repair.kind) {
    case 'put-helper':
      return undefined;
    case 'add-route':
    case 'change-route':
    case 'drop-default':
      return repair;
    default:
      return assertNever(repair);
  }
}
