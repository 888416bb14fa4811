import { join } from 'node:path';
import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import { type Registry, registrySchema } from '../../shared/model/registry.ts';
import { type Clock, isoNow } from '../platform/clock.ts';
import type { Paths } from '../platform/paths.ts';
import { openStateFile } from '../platform/state-file.ts';

/** The registries that the user has added, in the order of their adding, kept in a file. */
export interface KnownRegistries {
  list(): Promise<readonly Registry[]>;
  /** Adds a registry; one that is known already keeps its place and time, and takes the new scheme. */
  add(registry: Pick<Registry, 'address' | 'scheme' | 'demo'>): Promise<Registry>;
  /** Removes it from the list; answers whether it was there. */
  remove(address: string): Promise<boolean>;
  /** Rejects with `REGISTRY_UNKNOWN`. */
  find(address: string): Promise<Registry>;
}

const stateSchema = z.object({ registries: z.array(registrySchema).readonly() });

/** Opens the list; all its methods reject with `STATE_INVALID` when the file is not what it should be. */
export function createKnownRegistries({
  paths,
  clock,
}: {
  readonly paths: Pick<Paths, 'data'>;
  readonly clock: Clock;
}): KnownRegistries {
  const file = openStateFile(join(paths.data, 'registries.json'), stateSchema, { registries: [] });
  const list = async (): Promise<readonly Registry[]> => (await file.read()).registries;
  return {
    list,
    add: async ({ address, scheme, demo }) => {
      const { registries } = await file.update(({ registries: old }) => {
        const before = old.find((registry) => registry.address === address);
        const added = { address, scheme, demo, addedAt: before?.addedAt ?? isoNow(clock) };
        return {
          registries: before ? old.map((one) => (one === before ? added : one)) : [...old, added],
        };
      });
      return findIn(registries, address);
    },
    remove: async (address) => {
      let wasThere = false;
      await file.update(({ registries }) => {
        const rest = registries.filter((registry) => registry.address !== address);
        wasThere = rest.length < registries.length;
        return { registries: rest };
      });
      return wasThere;
    },
    find: async (address) => findIn(await list(), address),
  };
}

function findIn(registries: readonly Registry[], address: string): Registry {
  const found = registries.find((registry) => registry.address === address);
  if (!found) throw new RegentError('REGISTRY_UNKNOWN', { address });
  return found;
}
