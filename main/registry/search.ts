/** A repository that a search has found; `description` is the registry's, cleaned, where it has one. */
export interface FoundRepository {
  readonly name: string;
  readonly description: string | null;
}

/** What a search has found, and whether that is all there is. */
export interface FoundRepositories {
  readonly repositories: readonly FoundRepository[];
  readonly isComplete: boolean;
}

/** More than anybody reads; whoever gets them all has to ask for something narrower. */
export const MOST_FOUND = 1000;

/** Finds repositories whose name has the text in it, whatever its case, in a list that comes in pages. */
export async function searchNames(
  pages: AsyncIterable<readonly string[]>,
  query: string,
): Promise<FoundRepositories> {
  const wanted = query.trim().toLowerCase();
  const found: FoundRepository[] = [];
  for await (const page of pages) {
    for (const name of page) {
      if (!name.toLowerCase().includes(wanted)) continue;
      // Leaving the loop ends the listing, too.
      if (found.length === MOST_FOUND) return { repositories: found, isComplete: false };
      found.push({ name, description: null });
    }
  }
  return { repositories: found, isComplete: true };
}
