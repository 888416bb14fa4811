import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../shared/contract/settings.ts';
import { problemIn } from './errors.ts';
import { useRegent } from './regent-context.tsx';

/** What the user has chosen, and how to change it. */
export function useSettings() {
  const { api } = useRegent();
  const cache = useQueryClient();
  const current = useQuery(api.settings.get.queryOptions({ staleTime: Infinity }));
  const set = useMutation(
    api.settings.set.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: api.settings.get.key() }),
    }),
  );
  return {
    settings: current.data?.settings,
    locale: current.data?.locale ?? 'en',
    change: (settings: Settings) => set.mutate(settings),
    problem: problemIn(set),
  };
}
