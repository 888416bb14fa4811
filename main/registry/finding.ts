import { type FoundRepositories, searchNames } from './search.ts';

/** How the repositories of a registry are found. Everything rejects as a list of them does. */
export interface Finding {
  /** All repositories, page by page. Rejects with `CATALOG_UNAVAILABLE` where the list is closed. */
  listRepositories(signal: AbortSignal): AsyncGenerator<readonly string[], void, void>;
  /**
   * Repositories by a part of their name. A registry that has no search of its own is listed for it, so it rejects with
   * `CATALOG_UNAVAILABLE`, too.
   */
  search(query: string, signal: AbortSignal): Promise<FoundRepositories>;
  /** The namespaces of the login, where the registry knows of such things; none elsewhere. */
  namespaces(signal: AbortSignal): Promise<readonly string[]>;
  /** The repositories below a name, page by page. */
  ofNamespace(
    namespace: string,
    signal: AbortSignal,
  ): AsyncGenerator<readonly string[], void, void>;
}

/** Finds repositories in a list of all, as registries without anything better need it. */
export function findInList(listRepositories: Finding['listRepositories']): Finding {
  return {
    listRepositories,
    search: (query, signal) => searchNames(listRepositories(signal), query),
    namespaces: async () => [],
    ofNamespace: async function* (namespace, signal) {
      for await (const page of listRepositories(signal)) {
        const names = page.filter((name) => name.startsWith(`${namespace}/`));
        if (names.length > 0) yield names;
      }
    },
  };
}
