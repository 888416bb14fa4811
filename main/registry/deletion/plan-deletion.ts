import { RegentError } from '../../../shared/errors/index.ts';
import type { DeletionPlan, DeletionWish } from '../../../shared/model/deletion.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';
import { type Chosen, chooseByAge, chooseTags, namesTags } from './choose-tags.ts';
import { describePlan, type Findings, stayingOf } from './describe-plan.ts';
import { withAttached } from './find-attached.ts';
import { neededBy, readNeeds } from './read-needs.ts';
import { namedBy, readTags, type TagTable, tagsByDigest } from './read-tags.ts';
import { readTimes } from './read-times.ts';

/**
 * Finds out what a deletion would do; changes nothing. Registries delete manifests, and with one all tags that name it:
 * a rule (pattern, age, number) leaves alone what would take tags with it that don't fit, and what an index that stays
 * still needs; where such an index can't be read, it leaves everything alone. Tags that are named one by one are taken at
 * their word, and the plan says what else is lost.
 * @throws RegentError `INPUT_INVALID` for a wish without any condition, `TAG_NOT_FOUND` for a name that is not there, and
 *   the usual ones
 */
export async function planDeletion(place: Place, wish: DeletionWish): Promise<DeletionPlan> {
  const { withAttached: takesAttached = false, ...conditions } = wish;
  if (Object.values(conditions).every((condition) => condition === undefined)) {
    throw new RegentError('INPUT_INVALID', { field: 'wish' });
  }
  const tags = await readTags(place);
  await requireNamed(place, tags, wish);
  const chosen = chooseTags(tags, wish);
  const tagged = tagsByDigest(tags);
  // Of what has no tag it is not known what it is.
  const bare = [...chosen.keys()].map((digest) => [digest, true] as const);
  const needs = await readNeeds(place, new Map([...bare, ...namedBy(tags)]));
  const findings = { needs, tagged };
  const created = await readTimes(place, needs, [...chosen.keys()]);
  const aged = [...chosen.keys()].map((digest) => ({
    digest,
    created: created.get(digest) ?? null,
  }));
  const fitting = chooseByAge(aged, wish, place.session.clock.now());
  const harmless = namesTags(wish) ? fitting : withoutHarm(findings, chosen, fitting);
  const going = takesAttached ? withAttached(needs, tagged, harmless) : harmless;
  return describePlan(findings, { chosen, created, fitting, going });
}

/** A list of tags may be incomplete, so a name that is not in it is asked for. */
async function requireNamed(place: Place, tags: TagTable, { references }: DeletionWish) {
  for (const reference of references ?? []) {
    if (tags.has(reference)) continue;
    const head = await headManifest(place, reference);
    if (!isDigest(reference)) tags.set(reference, head);
  }
}

/** Those whose tags all fit, and that no index needs which stays. */
function withoutHarm(
  { needs, tagged }: Findings,
  chosen: Chosen,
  fitting: readonly string[],
): readonly string[] {
  const going = new Set(
    fitting.filter((digest) =>
      tagged.get(digest)?.every((tag) => chosen.get(digest)?.has(tag) === true),
    ),
  );
  // What stays may itself be an index that needs others.
  for (let before = -1; before !== going.size; ) {
    before = going.size;
    const isNeeded = neededBy(needs, stayingOf(tagged, going));
    for (const digest of going) if (isNeeded(digest)) going.delete(digest);
  }
  return [...going];
}
