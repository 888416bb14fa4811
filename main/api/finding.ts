import type { findingContract } from '../../shared/contract/finding.ts';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { Services } from './services.ts';

/** Serves the finding of repositories on one registry. */
export function findingHandlers({
  clients,
}: Pick<Services, 'clients'>): DomainHandlers<typeof findingContract> {
  return {
    find: async ({ address, query }, { signal }) => {
      const client = await clients.of(address);
      return client.search(query, signal);
    },
    namespaces: async ({ address }, { signal }) => {
      const client = await clients.of(address);
      return { namespaces: await client.namespaces(signal) };
    },
    ofNamespace: async function* ({ address, namespace }, { signal }) {
      const client = await clients.of(address);
      for await (const repositories of client.ofNamespace(namespace, signal)) {
        yield { repositories: [...repositories] };
      }
    },
  };
}
