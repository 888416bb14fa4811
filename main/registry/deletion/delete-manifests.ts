import { type Problem, problemOf, RegentError } from '../../../shared/errors/index.ts';
import type { DeletionOrder, DeletionResult } from '../../../shared/model/deletion.ts';
import { manifestKind } from '../describe/media-types.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';
import { deleteManifest } from './delete-manifest.ts';
import { closureOf, readNeeds } from './read-needs.ts';
import { addNewTags, readTags, type TagTable, tagsOf } from './read-tags.ts';

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
 * it is asked again which tags name it: if they are not exactly those of the order, it is left alone.
 * @throws RegentError `DELETE_DISABLED`, `SIGN_IN_REQUIRED`, `ACCESS_DENIED` and whatever else concerns all of them
 */
export async function* deleteManifests(
  place: Place,
  orders: readonly DeletionOrder[],
): AsyncGenerator<DeletionEnd, void, void> {
  const table = await readTags(place);
  for (const order of orders) yield await deleteOne(place, table, order);
}

async function deleteOne(
  place: Place,
  table: TagTable,
  order: DeletionOrder,
): Promise<DeletionEnd> {
  const { digest, tags } = order;
  let deleted = false;
  try {
    await requireUnchanged(place, table, order);
    await deleteManifest(place, digest);
    deleted = true;
    for (const tag of tags) table.delete(tag);
    await deleteParts(place, table, order);
    return { digest, tags, deleted, problem: null };
  } catch (error) {
    if (!(error instanceof RegentError) || !OF_ONE.has(error.code)) throw error;
    return { digest, tags, deleted, problem: problemOf(error) };
  }
}

/** @throws RegentError `DELETE_OUTDATED` */
async function requireUnchanged(
  place: Place,
  table: TagTable,
  { digest, tags }: DeletionOrder,
): Promise<void> {
  await addNewTags(place, table);
  const known = tagsOf(table, digest);
  const odd = [
    ...known.filter((tag) => !tags.includes(tag)),
    ...tags.filter((tag) => !known.includes(tag)),
  ];
  for (const tag of tags) {
    if ((await headManifest(place, tag)).digest !== digest) odd.push(tag);
  }
  const [first] = odd;
  if (first === undefined) return;
  const { session, repository } = place;
  const reference = `${session.address}/${repository}:${first}`;
  throw new RegentError('DELETE_OUTDATED', { reference });
}

/** Deletes what was in an index, as far as nothing else needs it by now. */
async function deleteParts(place: Place, table: TagTable, { parts }: DeletionOrder): Promise<void> {
  if (parts.length === 0) return;
  const tagged = new Set([...table.values()].map(({ digest }) => digest));
  const indexes = new Set(
    [...table.values()]
      .filter(({ mediaType }) => manifestKind(mediaType) === 'index')
      .map(({ digest }) => digest),
  );
  const needed = closureOf(await readNeeds(place, [...indexes]), tagged);
  for (const part of parts) if (!needed.has(part)) await deleteManifest(place, part);
}
