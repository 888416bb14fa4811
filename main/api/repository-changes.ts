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
  kept,
  viewerOf,
}: Services): DomainHandlers<typeof repositoryChangesContract> {
  return {
    planDeletion: async ({ address, repository, wish }, { signal }) => {
      const client = await clients.of(address);
      return planDeletion(client.at(repository, signal), wish);
    },
    delete: async function* ({ address, repository, orders }, { signal }) {
      const viewer = await viewerOf(address);
      const client = await clients.of(address);
      const place = client.at(repository, signal);
      if (!(await door.confirmDeletion({ address, repository, orders }))) {
        throw new RegentError('DELETE_DECLINED', { repository: `${address}/${repository}` });
      }
      const gone: string[] = [];
      try {
        for await (const end of deleteManifests(place, orders)) {
          if (end.deleted) gone.push(...end.tags);
          yield end;
        }
      } finally {
        if (gone.length > 0) await kept.noteChange(viewer, repository, { gone });
      }
    },
    retag: async ({ address, repository, reference, tag }, { signal }) => {
      const viewer = await viewerOf(address);
      const client = await clients.of(address);
      const done = await retag(client.at(repository, signal), reference, tag);
      await kept.noteChange(viewer, repository, { come: [tag] });
      return done;
    },
  };
}
