import type { Handlers } from '../../../shared/contract/handlers.ts';
import type { MarkedRepository } from '../../../shared/model/marks.ts';
import { tagDetail, tagNames } from './images.ts';
import { serverAt } from './servers.ts';
import type { World } from './world.ts';

type Kept = Pick<Handlers['repositories'], 'kept' | 'keptTags' | 'marks' | 'mark' | 'search'>;

/** When the imagined machine read what it has kept. */
const keptAt = () => new Date(Date.now() - 86_400_000).toISOString();

/** Serves what the imagined machine remembers: favourites, what was opened, and some registries' lists from the day before. */
export function keptHandlers(world: World): Kept {
  let favourites: readonly MarkedRepository[] = [];
  const isFavourite = (one: MarkedRepository) =>
    favourites.some((f) => f.address === one.address && f.repository === one.repository);
  const marks = () => ({ favourites, recents: world.recents });
  return {
    kept: ({ address }) => {
      const { kept } = serverAt(address);
      return kept ? { repositories: [...kept], at: keptAt() } : null;
    },
    keptTags: ({ address, repository }) => {
      if (!serverAt(address).kept) return null;
      const tags = tagNames(repository).filter((name) => name !== 'unreadable');
      const details = tags.slice(0, 12).map((name) => tagDetail(repository, name));
      return { tags, details, at: keptAt() };
    },
    marks,
    mark: ({ favourite, ...marked }) => {
      const others = favourites.filter(
        (f) => f.address !== marked.address || f.repository !== marked.repository,
      );
      favourites = favourite ? [...others, marked] : others;
      return marks();
    },
    search: ({ text, limit }) => {
      const all = [...world.registries.keys()].flatMap((address) => {
        const { repositories } = serverAt(address);
        return Array.isArray(repositories)
          ? (repositories as readonly string[]).map((repository) => ({ address, repository }))
          : [];
      });
      const hits = all.filter(({ repository }) => repository.includes(text)).slice(0, limit);
      return { hits: hits.map((hit) => ({ ...hit, favourite: isFavourite(hit) })) };
    },
  };
}

/** Serves the cache of the settings: some is kept until it is cleared. */
export function cacheHandlers(): Pick<Handlers['settings'], 'cache' | 'clearCache'> {
  let bytes = 12_345_678;
  const status = () => ({
    path: '/home/ada/.cache/regent',
    content: { bytes, files: bytes === 0 ? 0 : 2_048, limit: 536_870_912 },
    lists: bytes === 0 ? 0 : 345_678,
    fault: null,
  });
  return {
    cache: status,
    clearCache: () => {
      bytes = 0;
      return status();
    },
  };
}
