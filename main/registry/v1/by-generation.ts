import { RegentError } from '../../../shared/errors/index.ts';
import { type Finding, findInList } from '../finding.ts';
import type { FirstRegistry } from './first-registry.ts';

/**
 * Asks a registry of either generation.
 * @throws RegentError as of either, but `REGISTRY_IS_V1`
 */
export async function byGeneration<T>(
  second: () => Promise<T>,
  first: () => Promise<T>,
): Promise<T> {
  try {
    return await second();
  } catch (error) {
    if (isAboutGeneration(error)) return first();
    throw error;
  }
}

/** Finds repositories of a registry of either generation; the first one searches by itself. */
export function findByGeneration(
  listSecond: Finding['listRepositories'],
  first: Pick<FirstRegistry, 'list' | 'search'>,
): Finding {
  const second = findInList(listSecond);
  return {
    ...findInList((signal) => pagesByGeneration(listSecond(signal), () => first.list(signal))),
    search: (query, signal) =>
      byGeneration(
        () => second.search(query, signal),
        () => first.search(query, signal),
      ),
  };
}

async function* pagesByGeneration(
  second: AsyncIterable<readonly string[]>,
  first: () => Promise<readonly string[]>,
): AsyncGenerator<readonly string[], void, void> {
  try {
    yield* second;
  } catch (error) {
    if (!isAboutGeneration(error)) throw error;
    yield await first();
  }
}

/** Whether it is for its age that a registry could not be asked. */
function isAboutGeneration(error: unknown): boolean {
  return error instanceof RegentError && error.code === 'REGISTRY_IS_V1';
}
