import { subjectOfTag } from '../../../shared/model/attached-tag.ts';
import { closureOf, type NeedsTable, neededBy } from './read-needs.ts';
import type { Tagged } from './read-tags.ts';

/** Of some tags those that hold signatures and the like, by the digest that they are about. */
export function attachedTags(tags: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const tag of tags) {
    const subject = subjectOfTag(tag);
    if (subject !== undefined) found.set(subject, [...(found.get(subject) ?? []), tag]);
  }
  return found;
}

/**
 * Adds to manifests that go the signatures and the like that are about them or about what is in them, those of
 * signatures among them. What has another tag, or is needed by what stays, stays, too.
 */
export function withAttached(
  needs: NeedsTable,
  tagged: Tagged,
  going: readonly string[],
): readonly string[] {
  const all = new Set(going);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    const staying = [...tagged.keys()].filter((digest) => !all.has(digest));
    const lost = lostWith(needs, staying, all);
    const isNeeded = neededBy(
      needs,
      staying.filter((digest) => !isAbout(tagged, digest, lost)),
    );
    for (const digest of staying) {
      if (isAbout(tagged, digest, lost) && !isNeeded(digest)) all.add(digest);
    }
  }
  return [...all];
}

/** All that is lost with manifests: they, and what is in them and nothing that stays needs. */
export function lostWith(
  needs: NeedsTable,
  staying: readonly string[],
  going: Iterable<string>,
): ReadonlySet<string> {
  const isNeeded = neededBy(needs, staying);
  const parts = [...closureOf(needs, going)].filter((digest) => !isNeeded(digest));
  return new Set([...going, ...parts]);
}

function isAbout(tagged: Tagged, digest: string, lost: ReadonlySet<string>): boolean {
  const tags = tagged.get(digest) ?? [];
  return tags.length > 0 && tags.every((tag) => lost.has(subjectOfTag(tag) ?? ''));
}
