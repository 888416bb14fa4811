import type { DomainHandlers } from '../../../shared/contract/handlers.ts';
import type { repositoryChangesContract } from '../../../shared/contract/repository-changes.ts';
import { tagDetail, tagNames } from './images.ts';
import { pause } from './pause.ts';

/** Serves deletions and tags of an imagined registry; nothing of it is ever gone. */
export const changeHandlers: DomainHandlers<typeof repositoryChangesContract> = {
  planDeletion: async ({ repository, wish }, { signal }) => {
    await pause(100, signal);
    const names = tagNames(repository);
    const asked = names.filter((name) => wish.references?.includes(name) ?? true);
    const entries = asked.map((name, index) => {
      const { created, digest, size } = tagDetail(repository, name);
      const alsoLost = index === 0 ? [`${name}-again`] : [];
      const tags = [name, ...alsoLost];
      return { digest, tags, parts: [], alsoLost, created, frees: size, heldBy: [] };
    });
    const frees = entries.reduce((sum, entry) => sum + (entry.frees ?? 0), 0);
    return { entries, kept: names.length - asked.length, frees };
  },
  delete: async function* ({ orders }, { signal }) {
    for (const { digest, tags } of orders) {
      await pause(50, signal);
      yield { digest, tags, deleted: true, problem: null };
    }
  },
  retag: ({ repository, reference }) => ({
    digest: tagDetail(repository, reference).digest,
    replaced: null,
  }),
};
