import { type Problem, problemOf, RegentError } from '../../../shared/errors/index.ts';
import type { DeletionOrder, DeletionResult } from '../../../shared/model/deletion.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';
import { deleteManifest } from './delete-manifest.ts';
import { createPartsDeleter, type DeleteParts } from './delete-parts.ts';
import { type TagTable, tagsOf } from './read-tags.ts';
import { type TagWatch, watchTags } from './watch-tags.ts';

/** How one deletion ended, and what went wrong with it. */
export interface DeletionEnd extends DeletionResult {
  readonly problem: Problem | null;
}

/** What concerns one manifest only; after anything else the next one would fail, too. */
const OF_ONE: ReadonlySet<string> = new Set([
  'DELETE_OUTDATED',
  'TAG_NOT_FOUND',
  'REGISTRY_ERROR',
  'DIGEST_MISMATCH',
]);

/**
 * Deletes manifests one by one, telling of each. Registries know no deletion on a condition, so right before each one
 * it is made sure which tags name it: if they are not exactly those of the order, it is left alone.
 * @throws RegentError `DELETE_DISABLED`, `SIGN_IN_REQUIRED`, `ACCESS_DENIED` and whatever else concerns all of them, after
 *   the end of a manifest that was deleted all the same
 */
export async function* deleteManifests(
  place: Place,
  orders: readonly DeletionOrder[],
): AsyncGenerator<DeletionEnd, void, void> {
  const watch = watchTags(place);
  const deleteParts = createPartsDeleter(place, watch);
  for (const order of orders) {
    const { digest, tags } = order;
    const { deleted, error } = await deleteOne(place, order, watch, deleteParts);
    const endsAll = error !== null && !(error instanceof RegentError && OF_ONE.has(error.code));
    if (deleted || !endsAll) {
      yield { digest, tags, deleted, problem: error === null ? null : problemOf(error) };
    }
    if (endsAll) throw error;
  }
}

async function deleteOne(
  place: Place,
  order: DeletionOrder,
  watch: TagWatch,
  deleteParts: DeleteParts,
): Promise<{ readonly deleted: boolean; readonly error: unknown }> {
  let deleted = false;
  try {
    const table = await requireUnchanged(place, watch, order);
    await deleteManifest(place, order.digest);
    deleted = true;
    for (const tag of order.tags) table.delete(tag);
    await deleteParts(order.parts);
    return { deleted, error: null };
  } catch (error) {
    return { deleted, error };
  }
}

/** @returns the tags as they are @throws RegentError `DELETE_OUTDATED` */
async function requireUnchanged(
  place: Place,
  watch: TagWatch,
  { digest, tags }: DeletionOrder,
): Promise<TagTable> {
  const table = await watch();
  const known = tagsOf(table, digest);
  const odd = known.filter((tag) => !tags.includes(tag));
  for (const tag of tags) {
    if ((await headManifest(place, tag)).digest !== digest) odd.push(tag);
  }
  const [first] = odd;
  if (first === undefined) return table;
  const { session, repository } = place;
  const reference = `${session.address}/${repository}:${first}`;
  throw new RegentError('DELETE_OUTDATED', { reference });
}
