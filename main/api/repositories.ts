import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { repositoriesContract } from '../../shared/contract/repositories.ts';
import { document } from '../registry/describe/document.ts';
import { listReferrers } from '../registry/referrers/list-referrers.ts';
import { findingHandlers } from './finding.ts';
import { imageFilesHandlers } from './image-files.ts';
import { keptRepositoriesHandlers } from './kept-repositories.ts';
import { notingTags } from './note-browsing.ts';
import { repositoryChangesHandlers } from './repository-changes.ts';
import type { Services } from './services.ts';

/** Serves the repositories domain. */
export function repositoriesHandlers(
  services: Services,
): DomainHandlers<typeof repositoriesContract> {
  const { clients, kept, viewerOf } = services;
  return {
    ...keptRepositoriesHandlers(services),
    ...findingHandlers(services),
    ...imageFilesHandlers(services),
    ...repositoryChangesHandlers(services),
    list: async function* ({ address }, { signal }) {
      const viewer = await viewerOf(address);
      const client = await clients.of(address);
      const all: string[] = [];
      for await (const repositories of client.listRepositories(signal)) {
        all.push(...repositories);
        const api = client.isFirstGeneration() ? { api: 'v1' as const } : {};
        yield { repositories: [...repositories], ...api };
      }
      kept.noteRepositories(viewer, all);
    },
    tags: async ({ address, repository }, { signal }) => {
      const client = await clients.of(address);
      const read = () => client.listTags(repository, signal);
      return { repository, tags: [...(await notingTags(services, { address, repository }, read))] };
    },
    tag: async ({ address, repository, tag }, { signal }) => {
      const viewer = await viewerOf(address);
      const client = await clients.of(address);
      const known = await kept.tag(viewer, repository, tag);
      const details = await client.describeTag(repository, tag, signal, known);
      if (details !== known) kept.noteTag(viewer, repository, details);
      return details;
    },
    inspect: async ({ address, repository, reference, platform }, { signal }) => {
      const client = await clients.of(address);
      return client.inspect(repository, reference, signal, platform);
    },
    document: async ({ address, repository, digest }, { signal }) => {
      const client = await clients.of(address);
      return document(client.at(repository, signal), digest);
    },
    referrers: async ({ address, repository, digest }, { signal }) => {
      const client = await clients.of(address);
      return { referrers: await listReferrers(client.at(repository, signal), digest) };
    },
  };
}
