import type { DomainHandlers } from '../../../shared/contract/handlers.ts';
import type { repositoryChangesContract } from '../../../shared/contract/repository-changes.ts';
import { problem, RegentError } from '../../../shared/errors/index.ts';
import { isAttachedTag } from '../../../shared/model/attached-tag.ts';
import { tagDetail, tagNames } from './images.ts';
import { pause } from './pause.ts';

/** Serves deletions and tags of an imagined registry; nothing of it is ever gone. One tag is refused, one repository. */
export const changeHandlers: DomainHandlers<typeof repositoryChangesContract> = {
  planDeletion: async ({ repository, wish }, { signal }) => {
    await pause(100, signal);
    const names = tagNames(repository).filter((name) => name !== 'unreadable');
    const isWanted = (name: string) =>
      wish.references?.includes(name) ?? (!isAttachedTag(name) && name !== 'latest');
    const asked = names.filter(isWanted).slice(wish.keepNewest ?? 0);
    const beside = names.filter(isAttachedTag);
    const going = [...asked, ...(wish.withAttached ? beside : [])];
    const entries = going.map((name, index) => {
      const { created, digest, size } = tagDetail(repository, name);
      const alsoLost = index === asked.length - 1 && wish.references ? [`${name}-again`] : [];
      const attached = index === 0 && !wish.withAttached ? beside : [];
      const tags = [name, ...alsoLost];
      return { digest, tags, parts: [], alsoLost, created, frees: size, heldBy: [], attached };
    });
    const frees = entries.reduce((sum, entry) => sum + (entry.frees ?? 0), 0);
    const twin = {
      digest: tagDetail(repository, 'latest').digest,
      tags: ['2.7.7'],
      by: ['latest'],
    };
    return {
      entries,
      spared: wish.references ? [] : [twin],
      unread: repository.includes('web') ? ['unreadable'] : [],
      kept: names.length - going.length,
      frees,
    };
  },
  delete: async function* ({ address, orders, repository }, { signal }) {
    if (repository.includes('web')) throw new RegentError('DELETE_DISABLED', { address });
    for (const { digest, tags } of orders) {
      await pause(50, signal);
      const reference = `${address}/${repository}:${tags[0]}`;
      const outdated = problem('DELETE_OUTDATED', { reference });
      const deleted = tags[0] !== 'broken';
      yield { digest, tags, deleted, problem: deleted ? null : outdated };
    }
  },
  retag: ({ repository, reference }) => ({
    digest: tagDetail(repository, reference).digest,
    replaced: null,
  }),
};
