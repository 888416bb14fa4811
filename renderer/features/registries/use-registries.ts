import { useQuery } from '@tanstack/react-query';
import { useRegent } from '../../lib/regent-context.tsx';

/** How often the state of a registry is looked at again, in milliseconds. */
const LOOK_AGAIN = 120_000;

/** The registries that the user has added. */
export function useRegistries() {
  const { api } = useRegent();
  return useQuery(api.registries.list.queryOptions({ staleTime: Infinity }));
}

/** How one registry stands, looked at again now and then. */
export function useRegistryStatus(address: string) {
  const { api } = useRegent();
  return useQuery(
    api.registries.status.queryOptions({
      input: { address },
      staleTime: 60_000,
      refetchInterval: LOOK_AGAIN,
    }),
  );
}
