import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { followStream } from '../../lib/follow-stream.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/** The repositories of a registry, as far as they are known. */
export interface KnownRepositories {
  readonly names: readonly string[];
  /** ISO 8601: when they were read. */
  readonly at: string;
  /** `kept` from an earlier day, `arriving` page by page for the first time, or `whole` as the registry has them. */
  readonly state: 'kept' | 'arriving' | 'whole';
  /** How many a new reading has brought so far. */
  readonly arrived: number;
}

/**
 * All repositories of a registry, or of one namespace there. What this machine has kept shows at once, else page by page;
 * an old list stays until the new one is whole.
 */
export function useRepositories(address: string, namespace?: string) {
  const { api, client } = useRegent();
  const cache = useQueryClient();
  const isAll = namespace === undefined;
  const queryKey: QueryKey = [
    ...(isAll
      ? api.repositories.list.key({ input: { address } })
      : api.repositories.ofNamespace.key({ input: { address, namespace } })),
    'all',
  ];
  const show = (known: KnownRepositories) => cache.setQueryData(queryKey, known);
  return useQuery({
    queryKey,
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<KnownRepositories> => {
      let old = cache.getQueryData<KnownRepositories>(queryKey);
      if (!old && isAll) {
        // Without what was kept there is only more to wait for.
        const kept = await client.repositories.kept({ address }, { signal }).catch(() => null);
        if (kept && kept.repositories.length > 0) {
          old = { names: kept.repositories, at: kept.at, state: 'kept', arrived: 0 };
          show(old);
        }
      }
      let all: readonly string[] = [];
      const at = new Date().toISOString();
      await followStream(
        (stop) =>
          isAll
            ? client.repositories.list({ address }, { signal: stop })
            : client.repositories.ofNamespace({ address, namespace }, { signal: stop }),
        signal,
        (page) => {
          all = [...all, ...page.repositories];
          const arrived = all.length;
          if (old && old.state !== 'arriving') show({ ...old, arrived });
          else if (arrived > 0) show({ names: all, at, state: 'arriving', arrived });
        },
      );
      return { names: all, at, state: 'whole', arrived: all.length };
    },
  });
}
