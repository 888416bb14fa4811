import type { Place } from '../place.ts';
import { deleteManifest } from './delete-manifest.ts';
import { type NeedsTable, neededBy, readNeeds } from './read-needs.ts';
import { namedBy, type TagTable } from './read-tags.ts';
import type { TagWatch } from './watch-tags.ts';

/** Deletes what was in an index, as far as nothing else needs it by now. @throws RegentError the usual ones */
export type DeleteParts = (parts: readonly string[]) => Promise<void>;

/** Makes it for a whole deletion: what the indexes that stay need is read once. */
export function createPartsDeleter(place: Place, watch: TagWatch): DeleteParts {
  let needs: NeedsTable = new Map();
  const findNeeded = async (table: TagTable) => {
    const named = namedBy(table);
    needs = await readNeeds(place, new Map([...named].filter(([, isIndex]) => isIndex)), needs);
    return neededBy(needs, [...named.keys()]);
  };
  return async (parts) => {
    let seen: TagTable | undefined;
    let isNeeded = (_: string) => true;
    for (const part of parts) {
      const table = await watch();
      if (table !== seen) isNeeded = await findNeeded(table);
      seen = table;
      if (!isNeeded(part)) await deleteManifest(place, part);
    }
  };
}
