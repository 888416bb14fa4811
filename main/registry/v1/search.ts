import { RegentError } from '../../../shared/errors/index.ts';
import { isRepository } from '../../../shared/model/reference.ts';
import { listOf, objectOf, objectOrEmpty, parseJson, reading } from '../describe/read-value.ts';
import { cleanText } from '../hostile-text.ts';
import { limits } from '../limits.ts';
import { type FoundRepositories, type FoundRepository, MOST_FOUND } from '../search.ts';
import type { Session } from '../session.ts';
import type { Ask } from './ask.ts';

/**
 * Searches a registry of the first generation, as it does itself: for a part of the name or of the description.
 * @throws RegentError `SEARCH_UNAVAILABLE` where it finds nothing at all, as without a search index
 */
export async function searchFirst(
  session: Session,
  ask: Ask,
  query: string,
  signal: AbortSignal,
): Promise<FoundRepositories> {
  const found = await askSearch(session, ask, query.trim(), signal);
  if (found.length === 0) await listFirst(session, ask, signal);
  const isComplete = found.length <= MOST_FOUND;
  return { repositories: found.slice(0, MOST_FOUND), isComplete };
}

/**
 * All repositories that its search knows: there is no other list.
 * @throws RegentError `SEARCH_UNAVAILABLE` where it finds nothing at all
 */
export async function listFirst(
  session: Session,
  ask: Ask,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = await askSearch(session, ask, '', signal);
  if (found.length > 0) return found.map(({ name }) => name);
  throw new RegentError('SEARCH_UNAVAILABLE', { address: session.address });
}

async function askSearch(
  session: Session,
  ask: Ask,
  query: string,
  signal: AbortSignal,
): Promise<readonly FoundRepository[]> {
  const path = `search?${new URLSearchParams({ q: query })}`;
  try {
    const { body } = await ask({ path, subject: { kind: 'registry' }, limit: limits.page, signal });
    return reading(session.address, () => readFound(parseJson(body)));
  } catch (error) {
    // Mirrors and servers that only imitate the API have no search.
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof RegentError) || error.code !== 'REGISTRY_ERROR') return false;
  return 'status' in error.data && [404, 405, 501].includes(error.data.status);
}

/** Each name once, without those that can't be repositories'. @throws Error within `reading` */
export function readFound(json: unknown): readonly FoundRepository[] {
  const found = new Map<string, FoundRepository>();
  for (const result of listOf(objectOf(json).results, limits.namesPerPage)) {
    const { name, description } = objectOrEmpty(result);
    if (typeof name !== 'string' || !isRepository(name) || found.has(name)) continue;
    const text = typeof description === 'string' ? cleanText(description) : '';
    found.set(name, { name, description: text || null });
  }
  return [...found.values()];
}
