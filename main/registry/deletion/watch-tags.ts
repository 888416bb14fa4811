import { RegentError } from '../../../shared/errors/index.ts';
import type { Place } from '../place.ts';
import { headTags, listNames, readTags, type TagTable } from './read-tags.ts';

/** What the tags of a repository name by now; another table each time they were looked at again. */
export type TagWatch = () => Promise<TagTable>;

/**
 * Keeps an eye on the tags of a repository, by the clock of the session. They are all looked at again once as much time
 * has gone by as the look took: so what is known is hardly older than it would be after another look, and no more than
 * half of the time is spent on looking, however many tags there are.
 */
export function watchTags(place: Place): TagWatch {
  const { clock } = place.session;
  let table: TagTable | undefined;
  let seenAt = 0;
  let took = 0;
  return async () => {
    const began = clock.now();
    const age = began - seenAt;
    // Clocks are set back, too.
    if (table && age >= 0 && age <= took) return table;
    table = table ? await lookAgain(place, table) : await readTags(place);
    seenAt = clock.now();
    took = seenAt - began;
    return table;
  };
}

/** Tags that the list has no more are asked for all the same: it may be behind, or not there for a moment. */
async function lookAgain(place: Place, table: TagTable): Promise<TagTable> {
  const listed = await listNames(place).catch(noneWhenGone);
  return headTags(place, [...new Set([...table.keys(), ...listed])]);
}

/** Some registries forget a repository with its last tag. */
function noneWhenGone(error: unknown): readonly string[] {
  if (error instanceof RegentError && error.code === 'REPOSITORY_NOT_FOUND') return [];
  throw error;
}
