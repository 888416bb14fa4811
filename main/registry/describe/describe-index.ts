import type { Place } from '../place.ts';
import { readCreated } from './created.ts';
import { type Facts, fetchConfigFacts } from './describe-image.ts';
import type { Manifest } from './fetch-manifest.ts';
import { inParallel } from './in-parallel.ts';
import { fetchIndexParts } from './index-parts.ts';
import { blobSizes, readIndex } from './manifest.ts';
import { reading } from './read-value.ts';

/** Few at a time for one tag: many tags are described at once. */
const WIDTH = 4;

/**
 * Describes an index by the images it names, also those of indexes within it. Images that the registry has
 * lost are left out, as nobody can pull them; when all are lost, the index's own word stands.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for an index beyond the limits
 */
export async function describeIndex(place: Place, manifest: Manifest): Promise<Facts> {
  const index = reading(place.session.address, () => readIndex(manifest.json));
  const parts = await fetchIndexParts(place, index, 'by-index');
  const children = parts.children.flatMap(({ entry, image }) => (image ? [{ entry, image }] : []));
  const blobs = new Map([
    ...parts.loose,
    ...children.flatMap(({ image }) => [...blobSizes(image)]),
  ]);
  // One config tells the time; the others are asked only for what the index leaves out.
  const configs = await inParallel(children, WIDTH, async (child) =>
    child.entry.platform && child !== children[0] ? null : fetchConfigFacts(place, child.image),
  );
  const platforms = children.flatMap(
    ({ entry }, at) => entry.platform ?? configs[at]?.platform ?? [],
  );
  const [first] = children;
  return {
    blobs: blobs.size === 0 ? null : blobs,
    platforms:
      children.length > 0 ? platforms : index.entries.flatMap(({ platform }) => platform ?? []),
    created:
      configs[0]?.created ??
      [first?.entry.created, first?.image.created, index.created].map(readCreated).find(Boolean) ??
      null,
  };
}
