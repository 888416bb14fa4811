import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { keptRepositoriesContract } from '../../shared/contract/kept-repositories.ts';
import { type Candidate, rankNames } from '../registry/cache/rank-names.ts';
import type { Services } from './services.ts';

/** Serves what this machine remembers of registries. */
export function keptRepositoriesHandlers(
  services: Services,
): DomainHandlers<typeof keptRepositoriesContract> {
  const { kept, marks, viewerOf } = services;
  return {
    kept: async ({ address }) => kept.repositories(await viewerOf(address)),
    keptTags: async ({ address, repository }) => kept.tags(await viewerOf(address), repository),
    marks: () => marks.read(),
    mark: ({ favourite, ...repository }) => marks.mark(repository, favourite),
    search: async ({ text, limit }) => {
      const hits = rankNames(await candidatesOf(services), text, limit);
      return {
        hits: hits.map(({ address, repository, favourite }) => ({
          ...{ address, repository, favourite },
        })),
      };
    },
  };
}

/** All repositories of the registries that the user has added, and those that were marked or opened anywhere. */
async function candidatesOf({
  registries,
  kept,
  marks,
  viewerOf,
}: Services): Promise<Iterable<Candidate>> {
  const { favourites, recents } = await marks.read();
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate) => {
    const key = `${candidate.address}/${candidate.repository}`;
    const before = found.get(key);
    const favourite = candidate.favourite || before?.favourite === true;
    found.set(key, {
      ...candidate,
      favourite,
      recent: candidate.recent || before?.recent === true,
    });
  };
  for (const one of favourites) add({ ...one, favourite: true, recent: false });
  for (const { address, repository } of recents) {
    add({ address, repository, favourite: false, recent: true });
  }
  for (const { address } of await registries.list()) {
    const list = await kept.repositories(await viewerOf(address));
    for (const repository of list?.repositories ?? []) {
      add({ address, repository, favourite: false, recent: false });
    }
  }
  return found.values();
}
