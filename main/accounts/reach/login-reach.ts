import { assertNever } from '../../../shared/model/assert-never.ts';
import type { LoginReach } from '../../../shared/model/helper-status.ts';
import { isRegent } from '../docker-config/config-edit.ts';
import { dockerConfigKey } from '../server-key.ts';
import { dockerLookup, type Lookup } from './docker-lookup.ts';
import { podmanKey, podmanLookup } from './podman-lookup.ts';
import type { SetUp } from './set-up.ts';

/** Who finds the login of each registry that Regent has one of. */
export function reachOf(setUp: SetUp, addresses: readonly string[]): readonly LoginReach[] {
  return [...new Set(addresses)].flatMap((address) => [
    ...dockerReach(setUp, address),
    ...podmanReach(setUp, address),
  ]);
}

function dockerReach(setUp: SetUp, address: string): readonly LoginReach[] {
  const key = dockerConfigKey(address);
  if (key === undefined || !setUp.docker) return [];
  const lookup = dockerLookup(setUp.docker, key, setUp.ownChoice);
  return [{ address, program: 'docker', ...findingOf(setUp, lookup) }];
}

function podmanReach(setUp: SetUp, address: string): readonly LoginReach[] {
  const key = podmanKey(address);
  if (key === undefined || setUp.podman === null) return [];
  const lookup = podmanLookup(setUp.podman.files, key);
  return [{ address, program: 'podman', ...findingOf(setUp, lookup) }];
}

/** A helper that is gone finds nothing; whether one of others has the login is not asked. */
function findingOf(setUp: SetUp, lookup: Lookup): Pick<LoginReach, 'finds' | 'helper'> {
  switch (lookup.kind) {
    case 'plaintext':
    case 'nothing':
      return { finds: lookup.kind, helper: null };
    case 'helper': {
      const { helper } = lookup;
      if (isRegent(helper)) {
        return { finds: setUp.helper.kind === 'ready' ? 'regent' : 'nothing', helper };
      }
      const isGone = helper === '' || setUp.health.get(helper)?.kind === 'gone';
      return { finds: isGone ? 'nothing' : 'other-helper', helper };
    }
    default:
      return assertNever(lookup);
  }
}
