import { fetchConfigFacts } from '../describe/describe-image.ts';
import { inParallel } from '../describe/in-parallel.ts';
import type { Place } from '../place.ts';
import type { NeedsTable } from './read-needs.ts';

const WIDTH = 16;

/**
 * When manifests were made, as their configs state it, by digest: ISO 8601, null where nothing states it. An index is as
 * old as its first image.
 * @throws RegentError the usual ones
 */
export async function readTimes(
  place: Place,
  needs: NeedsTable,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const times = await inParallel(digests, WIDTH, (digest) => readTime(place, needs, digest));
  return new Map(digests.map((digest, index) => [digest, times[index] ?? null]));
}

async function readTime(place: Place, needs: NeedsTable, digest: string): Promise<string | null> {
  const { config, child = '', own = null } = needs.get(digest)?.dated ?? {};
  const image = config ?? needs.get(child)?.dated.config;
  const facts = await fetchConfigFacts(place, { config: image, layers: [], created: null });
  return facts.created ?? needs.get(child)?.dated.own ?? own;
}
