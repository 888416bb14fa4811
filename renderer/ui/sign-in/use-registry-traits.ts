import { useQuery } from '@tanstack/react-query';
import { knownRegistryOf, type RegistryTraits } from '../../../shared/model/known-registry.ts';
import { followStream } from '../../lib/follow-stream.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/**
 * What tells a registry: its address, and where that says nothing, how its server asks for a login. Looking sends no
 * credentials and changes nothing; a server that can't be looked at only gets no hint.
 */
export function useRegistryTraits(address: string | null): RegistryTraits {
  const { api, client } = useRegent();
  const isKnown = address === null || knownRegistryOf({ address }) !== undefined;
  const { data } = useQuery({
    queryKey: [...api.registries.probe.key(), 'traits', address],
    enabled: !isKnown,
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Omit<RegistryTraits, 'address'>> => {
      let traits = {};
      await followStream(
        (stop) => client.registries.probe({ address: address ?? '' }, { signal: stop }),
        signal,
        (event) => {
          const auth = event.type === 'report' ? event.report.auth : null;
          if (auth?.kind !== 'bearer') return;
          traits = { realm: auth.realm, service: auth.service ?? undefined };
        },
      );
      return traits;
    },
  });
  return { address: address ?? '', ...data };
}
