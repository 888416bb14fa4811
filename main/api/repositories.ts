import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { repositoriesContract } from '../../shared/contract/repositories.ts';
import type { Services } from './services.ts';

/** Serves the repositories domain. */
export function repositoriesHandlers({
  clients,
}: Services): DomainHandlers<typeof repositoriesContract> {
  return {
    list: async function* ({ address }, { signal }) {
      const client = await clients.of(address);
      for await (const repositories of client.listRepositories(signal)) {
        yield { repositories: [...repositories] };
      }
    },
    tags: async ({ address, repository }, { signal }) => {
      const client = await clients.of(address);
      return { repository, tags: [...(await client.listTags(repository, signal))] };
    },
    tag: async ({ address, repository, tag }, { signal }) => {
      const client = await clients.of(address);
      return client.describeTag(repository, tag, signal);
    },
  };
}
