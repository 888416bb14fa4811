import type { DeletionEntry, DeletionPlan } from '../../../shared/model/deletion.ts';
import { compareNaturally } from '../../../shared/model/natural-sort.ts';
import type { Chosen } from './choose-tags.ts';
import { createFreedCounter } from './count-freed.ts';
import { attachedTags, lostWith } from './find-attached.ts';
import { closureOf, mayNeedMore, type NeedsTable } from './read-needs.ts';
import type { Tagged } from './read-tags.ts';

/** All that a plan is made from. */
export interface Findings {
  readonly needs: NeedsTable;
  readonly tagged: Tagged;
}

/** What was decided. */
interface Decision {
  readonly chosen: Chosen;
  /** When the chosen ones were made, as they state it. */
  readonly created: ReadonlyMap<string, string | null>;
  /** Those that the wish is about. */
  readonly fitting: readonly string[];
  /** Those of them that go, and what goes with them. */
  readonly going: readonly string[];
}

/** Says what a decision means: what goes with what, what stays for whose sake, what is freed. */
export function describePlan(
  { needs, tagged }: Findings,
  { chosen, created, fitting, going }: Decision,
): DeletionPlan {
  const staying = stayingOf(tagged, new Set(going));
  const lost = lostWith(needs, staying, going);
  const parts = sharePartsOut(needs, going, (digest) => tagged.has(digest) || !lost.has(digest));
  const holders = holdersIn(needs, staying);
  const freed = createFreedCounter(needs, new Set(tagged.keys()));
  const tagsIn = (digests: readonly string[]) => digests.flatMap((one) => tagged.get(one) ?? []);
  const beside = attachedTags(tagsIn(staying));
  const open = staying.filter((digest) => mayNeedMore(needs, [digest]));
  const unread = fitting.length === 0 ? [] : tagsIn(open);
  const fits = new Set(fitting);
  // What goes as an attachment goes with all its tags.
  const isMeant = (digest: string, tag: string) =>
    !fits.has(digest) || chosen.get(digest)?.has(tag) === true;
  const entries = going.map((digest): DeletionEntry => {
    const tags = tagged.get(digest) ?? [];
    const inside = [...closureOf(needs, [digest])].filter((one) => lost.has(one));
    return {
      digest,
      tags,
      parts: parts.get(digest) ?? [],
      alsoLost: tags.filter((tag) => !isMeant(digest, tag)),
      created: created.get(digest) ?? null,
      frees: freed.alone(digest),
      heldBy: tagsIn(holders.get(digest) ?? []),
      attached: inside.flatMap((one) => beside.get(one) ?? []),
    };
  });
  const gone = new Set(going);
  const spared = fitting
    .filter((digest) => !gone.has(digest))
    .map((digest) => {
      const [tags, others] = split(tagged.get(digest) ?? [], (tag) => isMeant(digest, tag));
      const by = [...others, ...tagsIn(holders.get(digest) ?? [])];
      return { digest, tags, by: by.length > 0 ? by : unread.slice(0, 1) };
    });
  return {
    entries: entries.toSorted((one, other) => compareNaturally(nameOf(one), nameOf(other))),
    spared: spared.toSorted((one, other) => compareNaturally(nameOf(one), nameOf(other))),
    unread,
    kept: tagsIn(staying).length,
    frees: freed.together(going, staying),
  };
}

/** The manifests with tags that do not go. */
export function stayingOf(tagged: Tagged, going: ReadonlySet<string>): readonly string[] {
  return [...tagged.keys()].filter((digest) => !going.has(digest));
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

function nameOf({ tags, digest }: Pick<DeletionEntry, 'tags' | 'digest'>): string {
  return tags[0] ?? digest;
}

function split(
  names: readonly string[],
  fits: (name: string) => boolean,
): readonly [readonly string[], readonly string[]] {
  return [names.filter(fits), names.filter((name) => !fits(name))];
}
