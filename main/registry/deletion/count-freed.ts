import { closureOf, type NeedsTable } from './read-needs.ts';

/** Sizes in bytes by digest, of manifests and blobs; null where a size is not known. */
type Sizes = ReadonlyMap<string, number | null>;

/**
 * Counts bytes that deleting manifests frees once the registry collects its garbage: the manifests, those in their
 * indexes, and all blobs that no other tag needs. Other repositories may still need them, which no registry tells.
 * Results are null where a size is not known, or a manifest of the repository could not be read.
 */
export interface FreedCounter {
  /** Bytes that one manifest alone needs, of all that have tags. */
  alone(digest: string): number | null;
  /** Bytes that go with several. `staying`: the manifests with tags that do not. */
  together(going: readonly string[], staying: readonly string[]): number | null;
}

/** @param tagged the digests of all manifests with tags */
export function createFreedCounter(table: NeedsTable, tagged: ReadonlySet<string>): FreedCounter {
  const isAllKnown = [...table.values()].every(({ isKnown }) => isKnown);
  const users = new Map<string, number>();
  for (const digest of tagged) {
    for (const one of sizesOf(table, [digest]).keys()) users.set(one, (users.get(one) ?? 0) + 1);
  }
  return {
    alone: (digest) => {
      if (!isAllKnown) return null;
      const most = tagged.has(digest) ? 1 : 0;
      return sumOf(sizesOf(table, [digest]), (one) => (users.get(one) ?? 0) <= most);
    },
    together: (going, staying) => {
      if (!isAllKnown) return null;
      const needed = sizesOf(table, staying);
      return sumOf(sizesOf(table, going), (one) => !needed.has(one));
    },
  };
}

function sizesOf(table: NeedsTable, digests: readonly string[]): Sizes {
  const sizes = new Map<string, number | null>();
  for (const digest of closureOf(table, digests)) {
    const needs = table.get(digest);
    if (!needs) continue;
    sizes.set(digest, needs.size);
    for (const [blob, size] of needs.blobs) sizes.set(blob, size);
  }
  return sizes;
}

function sumOf(sizes: Sizes, isWanted: (digest: string) => boolean): number | null {
  let sum = 0;
  for (const [digest, size] of sizes) {
    if (!isWanted(digest)) continue;
    if (size === null) return null;
    sum += size;
  }
  return sum;
}
