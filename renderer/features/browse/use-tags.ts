import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Tag } from '../../../shared/model/image.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/** The tags of a repository, as far as they are known. */
export interface KnownTags {
  readonly names: readonly string[];
  /** ISO 8601: when the names were read. */
  readonly at: string;
  /** Whether they are from an earlier day. */
  readonly isKept: boolean;
  /** What was learned of some of them on an earlier day. */
  readonly details: readonly Tag[];
}

/** The tags of a repository: those that this machine has kept show at once, until the registry has answered. */
export function useTags(address: string, repository: string) {
  const { api, client } = useRegent();
  const cache = useQueryClient();
  const input = { address, repository };
  const queryKey = [...api.repositories.tags.key({ input }), 'known'];
  return useQuery({
    queryKey,
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<KnownTags> => {
      let old = cache.getQueryData<KnownTags>(queryKey);
      if (!old) {
        // Without what was kept there is only more to wait for.
        const kept = await client.repositories.keptTags(input, { signal }).catch(() => null);
        if (kept && kept.tags.length > 0) {
          old = { names: kept.tags, at: kept.at, isKept: true, details: kept.details };
          cache.setQueryData(queryKey, old);
        }
      }
      const { tags } = await client.repositories.tags(input, { signal });
      const at = new Date().toISOString();
      return { names: tags, at, isKept: false, details: old?.details ?? [] };
    },
  });
}
