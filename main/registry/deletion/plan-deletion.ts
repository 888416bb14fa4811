import { RegentError } from '../../../shared/errors/index.ts';
import type { DeletionEntry, DeletionPlan, DeletionWish } from '../../../shared/model/deletion.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { compareNaturally } from '../../../shared/model/natural-sort.ts';
import { inParallel } from '../describe/in-parallel.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';
import { type Chosen, chooseByAge, chooseTags, namesTags } from './choose-tags.ts';
import { createFreedCounter } from './count-freed.ts';
import { closureOf, type NeedsTable, readNeeds } from './read-needs.ts';
import { readTags, type TagTable, tagsByDigest } from './read-tags.ts';

const WIDTH = 16;

/** All that a plan is made from. */
interface Findings {
  readonly needs: NeedsTable;
  /** All manifests that have tags, by digest. */
  readonly tagged: ReadonlyMap<string, readonly string[]>;
}

/**
 * Finds out what a deletion would do; changes nothing. Registries delete manifests, and with one all tags that name it:
 * a rule (pattern, age, number) leaves alone what would take tags with it that don't fit, and what an index that stays
 * still needs. Tags that are named one by one are taken at their word, and the plan says what else is lost.
 * @throws RegentError `INPUT_INVALID` for a wish without any condition, `TAG_NOT_FOUND` for a name that is not there, and
 *   the usual ones
 */
export async function planDeletion(place: Place, wish: DeletionWish): Promise<DeletionPlan> {
  if (Object.values(wish).every((condition) => condition === undefined)) {
    throw new RegentError('INPUT_INVALID', { field: 'wish' });
  }
  const tags = await readTags(place);
  await requireNamed(place, tags, wish);
  const chosen = chooseTags(tags, wish);
  const tagged = tagsByDigest(tags);
  const needs = await readNeeds(place, [...new Set([...tagged.keys(), ...chosen.keys()])]);
  const findings = { needs, tagged };
  const created = await readTimes(needs, [...chosen.keys()]);
  const aged = [...chosen.keys()].map((digest) => ({
    digest,
    created: created.get(digest) ?? null,
  }));
  const fitting = chooseByAge(aged, wish, place.session.clock.now());
  const going = namesTags(wish) ? fitting : withoutHarm(findings, chosen, fitting);
  return describePlan(findings, chosen, created, going);
}

/** A list of tags may be incomplete, so a name that is not in it is asked for. */
async function requireNamed(place: Place, tags: TagTable, { references }: DeletionWish) {
  for (const reference of references ?? []) {
    if (tags.has(reference)) continue;
    const head = await headManifest(place, reference);
    if (!isDigest(reference)) tags.set(reference, head);
  }
}

async function readTimes(
  needs: NeedsTable,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const times = await inParallel(
    digests,
    WIDTH,
    async (digest) => (await needs.get(digest)?.created(needs)) ?? null,
  );
  return new Map(digests.map((digest, index) => [digest, times[index] ?? null]));
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
    const needed = closureOf(needs, stayingOf(tagged, going));
    for (const digest of going) if (needed.has(digest)) going.delete(digest);
  }
  return [...going];
}

function stayingOf(tagged: Findings['tagged'], going: ReadonlySet<string>): readonly string[] {
  return [...tagged.keys()].filter((digest) => !going.has(digest));
}

function describePlan(
  { needs, tagged }: Findings,
  chosen: Chosen,
  created: ReadonlyMap<string, string | null>,
  going: readonly string[],
): DeletionPlan {
  const staying = stayingOf(tagged, new Set(going));
  const needed = closureOf(needs, staying);
  const parts = sharePartsOut(needs, going, (digest) => tagged.has(digest) || needed.has(digest));
  const holders = holdersIn(needs, staying);
  const freed = createFreedCounter(needs, new Set(tagged.keys()));
  const entries = going.map((digest): DeletionEntry => {
    const tags = tagged.get(digest) ?? [];
    return {
      digest,
      tags,
      parts: parts.get(digest) ?? [],
      alsoLost: tags.filter((tag) => chosen.get(digest)?.has(tag) !== true),
      created: created.get(digest) ?? null,
      frees: freed.alone(digest),
      heldBy: (holders.get(digest) ?? []).flatMap((holder) => tagged.get(holder) ?? []),
    };
  });
  return {
    entries: entries.toSorted((one, other) => compareNaturally(nameOf(one), nameOf(other))),
    kept: staying.reduce((sum, digest) => sum + (tagged.get(digest)?.length ?? 0), 0),
    frees: freed.together(going, staying),
  };
}

/** For each manifest the indexes, of these, that need it. */
function holdersIn(needs: NeedsTable, digests: readonly string[]) {
  const holders = new Map<string, string[]>();
  for (const digest of digests) {
    for (const held of closureOf(needs, [digest])) {
      if (held !== digest) holders.set(held, [...(holders.get(held) ?? []), digest]);
    }
  }
  return holders;
}

/**
 * What is in the indexes that go and nothing else needs, each under the last of them that has it: some registries
 * refuse to delete what an index still holds.
 */
function sharePartsOut(
  needs: NeedsTable,
  going: readonly string[],
  isNeeded: (digest: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string>();
  const gone = new Set(going);
  for (const digest of going) {
    for (const part of closureOf(needs, [digest])) {
      if (!gone.has(part) && !isNeeded(part) && needs.has(part)) holders.set(part, digest);
    }
  }
  const parts = new Map<string, string[]>();
  for (const [part, holder] of holders) parts.set(holder, [...(parts.get(holder) ?? []), part]);
  return parts;
}

function nameOf({ tags, digest }: DeletionEntry): string {
  return tags[0] ?? digest;
}
