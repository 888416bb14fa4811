import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import { DOCKER_HUB } from '../../../shared/model/docker-hub.ts';
import { isRepository } from '../../../shared/model/reference.ts';
import { cleanText } from '../hostile-text.ts';
import type { FoundRepositories } from '../search.ts';
import type { HubMeans } from './ask-hub.ts';
import { firstPage, readHubPage, readHubPages } from './hub-pages.ts';

/** What Hub calls the namespace of official images, which their names leave out. */
const OFFICIAL = 'library';

const organisation = z.object({ orgname: z.string().max(255) });
const repository = z.object({ name: z.string().max(255) });
const hit = z.object({
  repo_name: z.string().max(255),
  short_description: z.string().max(10_000).nullish(),
});

/** Whether Hub can have a namespace of that name; it becomes a part of URLs. */
const isNamespace = (name: string): boolean => !name.includes('/') && isRepository(`${name}/x`);

/**
 * The namespaces of the login: its own name, then the organisations that it is in, as far as it may see them. None where
 * nobody is signed in.
 * @throws RegentError as of `askHub`
 */
export async function hubNamespaces(
  means: HubMeans,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const login = await means.tokens.get(signal);
  if (!login) return [];
  const names = [login.username.toLowerCase()];
  const pages = readHubPages(means, firstPage(means, '/v2/user/orgs/'), organisation, signal);
  for await (const page of pages) names.push(...page.map(({ orgname }) => orgname));
  return [...new Set(names)].filter(isNamespace);
}

/**
 * The repositories of a namespace, as names of images have them, page by page.
 * @throws RegentError as of `askHub`, `REFERENCE_INVALID` for what can be no namespace
 */
export async function* hubRepositories(
  means: HubMeans,
  namespace: string,
  signal: AbortSignal,
): AsyncGenerator<readonly string[], void, void> {
  if (!isNamespace(namespace)) {
    throw new RegentError('REFERENCE_INVALID', { input: cleanText(namespace) });
  }
  const first = firstPage(means, `/v2/namespaces/${namespace}/repositories`);
  const seen = new Set<string>();
  for await (const page of readHubPages(means, first, repository, signal)) {
    const names = page
      .map(({ name }) => `${namespace}/${name}`)
      .filter((name) => isRepository(name) && !seen.has(name));
    for (const name of names) seen.add(name);
    if (names.length > 0) yield [...new Set(names)];
  }
}

/**
 * The repositories of all namespaces of the login: all of Hub is listed nowhere.
 * @throws RegentError as of `askHub`, `NAMESPACE_NEEDED` where nobody is signed in
 */
export async function* ownHubRepositories(
  means: HubMeans,
  signal: AbortSignal,
): AsyncGenerator<readonly string[], void, void> {
  if (!(await means.tokens.get(signal))) {
    throw new RegentError('NAMESPACE_NEEDED', { address: DOCKER_HUB });
  }
  for (const namespace of await hubNamespaces(means, signal)) {
    yield* hubRepositories(means, namespace, signal);
  }
}

/**
 * What Hub's own search finds, the likeliest first; nobody is told who asks.
 * @throws RegentError as of `askHub`
 */
export async function searchHub(
  means: HubMeans,
  query: string,
  signal: AbortSignal,
): Promise<FoundRepositories> {
  const url = firstPage(means, '/v2/search/repositories/', { query: query.trim() });
  const page = await readHubPage(means, { url, entry: hit, isAnonymous: true, signal });
  const found = new Map(
    (page?.entries ?? []).map(({ repo_name, short_description }) => {
      const name = repo_name.includes('/') ? repo_name : `${OFFICIAL}/${repo_name}`;
      return [name, { name, description: cleanText(short_description ?? '') || null }] as const;
    }),
  );
  const repositories = [...found.values()].filter(({ name }) => isRepository(name));
  return { repositories, isComplete: !page?.next };
}
