import { sortNaturally } from '../../shared/model/natural-sort.ts';
import { isTag } from '../../shared/model/reference.ts';
import { expectOk } from './answer-checks.ts';
import type { Authorizer } from './auth/authorizer.ts';
import { pullScope } from './auth/scopes.ts';
import { limits } from './limits.ts';
import { askInPages, readPages } from './paging.ts';
import { readNames } from './read-names.ts';
import type { Session } from './session.ts';

/**
 * Lists all tags of a repository, sorted for people.
 * @throws RegentError `REPOSITORY_NOT_FOUND` and the usual ones
 */
export async function listTags(
  session: Session,
  authorizer: Authorizer,
  repository: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const pages = readPages({
    address: session.address,
    first: new URL(`/v2/${repository}/tags/list`, session.origin),
    isName: isTag,
    fetch: async (page) => {
      const result = await askInPages(page, (url) =>
        authorizer({
          route: 'repository',
          scope: pullScope(repository),
          url,
          accept: 'application/json',
          limit: limits.page,
          signal,
        }),
      );
      const answer = expectOk(result, { kind: 'repository', repository }, session);
      return { answer, names: readNames(answer.body, 'tags', session.address) };
    },
  });
  const tags: string[] = [];
  for await (const page of pages) tags.push(...page);
  return sortNaturally(tags);
}
