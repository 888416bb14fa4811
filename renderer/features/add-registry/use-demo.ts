import { useQuery } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/** Starts the demo registry when it is wanted, and tells its address, account and the fingerprint its owner gives. */
export function useDemo(wanted: boolean) {
  const { api } = useRegent();
  const start = useQuery(
    api.demo.start.queryOptions({ enabled: wanted, staleTime: Infinity, gcTime: 0 }),
  );
  return {
    demo: wanted ? (start.data ?? null) : null,
    isStarting: wanted && start.isPending,
    problem: wanted ? problemIn(start) : null,
    retry: () => void start.refetch(),
  };
}
