import { useQuery, useQueryClient } from '@tanstack/react-query';
import { followStream } from '../../lib/follow-stream.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/** All repositories of a registry. The first time they show page by page; later the old list stays until the new one is whole. */
export function useRepositories(address: string) {
  const { api, client } = useRegent();
  const cache = useQueryClient();
  const queryKey = [...api.repositories.list.key({ input: { address } }), 'all'];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<readonly string[]> => {
      const isFirst = cache.getQueryData(queryKey) === undefined;
      let all: readonly string[] = [];
      await followStream(
        (stop) => client.repositories.list({ address }, { signal: stop }),
        signal,
        (page) => {
          all = [...all, ...page.repositories];
          if (isFirst && all.length > 0) cache.setQueryData(queryKey, all);
        },
      );
      return all;
    },
  });
}
