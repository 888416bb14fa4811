import { useQuery } from '@tanstack/react-query';
import {
  knownRegistryOf,
  type RegistryTraits,
  registryTraits,
} from '../../../shared/model/known-registry.ts';
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
    queryFn: async ({ signal }): Promise<RegistryTraits> => {
      let traits: RegistryTraits = { address: address ?? '' };
      await followStream(
        (stop) => client.registries.probe({ address: address ?? '' }, { signal: stop }),
        signal,
        (event) => {
          if (event.type === 'report') traits = registryTraits(traits.address, event.report.auth);
        },
      );
      return traits;
    },
  });
  return data ?? { address: address ?? '' };
}
