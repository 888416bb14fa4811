import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { repositoryChangesContract } from '../../shared/contract/repository-changes.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { deleteManifests } from '../registry/deletion/delete-manifests.ts';
import { planDeletion } from '../registry/deletion/plan-deletion.ts';
import { retag } from '../registry/manifests/retag.ts';
import type { Services } from './services.ts';

/** Serves what changes a repository. */
export function repositoryChangesHandlers({
  clients,
  door,
}: Services): DomainHandlers<typeof repositoryChangesContract> {
  return {
    planDeletion: async ({ address, repository, wish }, { signal }) => {
      const client = await clients.of(address);
      return planDeletion(client.at(repository, signal), wish);
    },
    delete: async function* ({ address, repository, orders }, { signal }) {
      const client = await clients.of(address);
      const place = client.at(repository, signal);
      if (!(await door.confirmDeletion({ address, repository, orders }))) {
        throw new RegentError('DELETE_DECLINED', { repository: `${address}/${repository}` });
      }
      yield* deleteManifests(place, orders);
    },
    retag: async ({ address, repository, reference, tag }, { signal }) => {
      const client = await clients.of(address);
      return retag(client.at(repository, signal), reference, tag);
    },
  };
}
