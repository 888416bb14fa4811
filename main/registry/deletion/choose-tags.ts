import { isAttachedTag } from '../../../shared/model/attached-tag.ts';
import type { DeletionWish } from '../../../shared/model/deletion.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { matchesPattern } from './match-pattern.ts';
import { type TagTable, tagsOf } from './read-tags.ts';

/** Manifests that a wish is about, by digest, each with those of its tags that the wish names. */
export type Chosen = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether a wish names its tags one by one; otherwise it is a rule, which must never take more than fits it. */
export function namesTags({ references }: DeletionWish): boolean {
  return references !== undefined;
}

/**
 * Chooses by name and pattern. Tags that tools keep beside images are theirs: a rule does not touch them unless its
 * pattern is about them.
 */
export function chooseTags(table: TagTable, wish: DeletionWish): Chosen {
  const { pattern, references } = wish;
  const named = references && new Set(references);
  const isAboutTools = named !== undefined || pattern?.startsWith('sha') === true;
  const chosen = new Map<string, ReadonlySet<string>>();
  const wanted = [...table].filter(
    ([tag, { digest }]) =>
      (named === undefined || named.has(tag) || named.has(digest)) &&
      (pattern === undefined || matchesPattern(tag, pattern)) &&
      (isAboutTools || !isAttachedTag(tag)),
  );
  for (const [tag, { digest }] of wanted) {
    const asked = named === undefined || named.has(tag) || pattern !== undefined ? [tag] : [];
    chosen.set(digest, new Set([...(chosen.get(digest) ?? []), ...asked]));
  }
  // A manifest without a tag can be named, but no pattern fits it.
  const bare = pattern === undefined ? (references ?? []) : [];
  for (const digest of bare.filter(isDigest)) {
    if (tagsOf(table, digest).length === 0) chosen.set(digest, new Set());
  }
  return chosen;
}

/** A manifest and when it was made; null where it does not say so. */
export interface Aged {
  readonly digest: string;
  readonly created: string | null;
}

/**
 * The manifests that go by age and number: of all chosen ones the newest are counted off first, also those that are not
 * old enough. What states no time can't be compared, so it stays.
 * @param now in milliseconds since 1970
 */
export function chooseByAge(
  chosen: readonly Aged[],
  { olderThanDays, keepNewest }: DeletionWish,
  now: number,
): readonly string[] {
  if (olderThanDays === undefined && keepNewest === undefined) {
    return chosen.map(({ digest }) => digest);
  }
  const before = now - (olderThanDays ?? 0) * DAY;
  return chosen
    .flatMap(({ digest, created }) =>
      created === null ? [] : { digest, time: Date.parse(created) },
    )
    .sort((one, other) => other.time - one.time)
    .slice(keepNewest ?? 0)
    .filter(({ time }) => olderThanDays === undefined || time < before)
    .map(({ digest }) => digest);
}

const DAY = 86_400_000;
