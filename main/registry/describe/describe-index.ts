import { RegentError } from '../../../shared/errors/index.ts';
import type { Platform } from '../../../shared/model/platform.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { readJson } from '../read-json.ts';
import { readCreated } from './created.ts';
import { blobSizes, type Facts, fetchConfig, readImage } from './describe-image.ts';
import { fetchManifest, type Manifest } from './fetch-manifest.ts';
import { inParallel } from './in-parallel.ts';
import { type Entry, type Image, indexReader } from './manifest.ts';
import { manifestKind } from './media-types.ts';

/** An image of the index, its platform as the index states it. */
interface Child {
  readonly platform: Platform | undefined;
  readonly image: Image;
  readonly created: unknown;
}

/** Few at a time for one tag: many tags are described at once. */
const WIDTH = 4;

/**
 * Describes an index by the images it names, also those of indexes within it. Images that the registry has
 * lost are left out, as nobody can pull them; when all are lost, the index's own word stands.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for an index beyond the limits
 */
export async function describeIndex(place: Place, manifest: Manifest): Promise<Facts> {
  const { created, entries } = readJson(manifest.bytes, indexReader, place.session.address);
  const budget = { left: limits.manifestsPerTag };
  const found = await collect(place, entries, budget, limits.indexDepth);
  const children = found.flatMap(({ child }) => child ?? []);
  const blobs = new Map(found.flatMap(({ sizes }) => [...sizes]));
  // One config tells the time; the others are asked only for what the index leaves out.
  const configs = await inParallel(children, WIDTH, async (child) =>
    child.platform && child !== children[0] ? null : fetchConfig(place, child.image),
  );
  const platforms = children.flatMap(
    (child, index) => child.platform ?? configs[index]?.platform ?? [],
  );
  return {
    blobs: children.length === 0 && blobs.size === 0 ? null : blobs,
    platforms: children.length > 0 ? platforms : entries.flatMap(({ platform }) => platform ?? []),
    created:
      configs[0]?.created ??
      [children[0]?.created, children[0]?.image.created, created].map(readCreated).find(Boolean) ??
      null,
  };
}

interface Found {
  readonly child: Child | null;
  readonly sizes: ReadonlyMap<string, number>;
}

async function collect(
  place: Place,
  entries: readonly Entry[],
  budget: { left: number },
  depth: number,
): Promise<readonly Found[]> {
  const { address } = place.session;
  budget.left -= entries.length;
  if (budget.left < 0 || depth === 0) {
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'an index too large' });
  }
  // Each digest once: a hostile index can name the same manifest any number of times.
  const distinct = new Map(entries.map((entry) => [entry.digest, entry]));
  const wanted = [...distinct.values()].filter(({ isAttestation }) => !isAttestation);
  const found = await inParallel(wanted, WIDTH, async (entry): Promise<readonly Found[]> => {
    // Build caches list their layers in an index.
    if (!manifestKind(entry.mediaType))
      return [{ child: null, sizes: new Map([[entry.digest, entry.size]]) }];
    const manifest = await fetchChild(place, entry);
    if (!manifest) return [];
    if (manifest.kind === 'index') {
      const inner = readJson(manifest.bytes, indexReader, address);
      return collect(place, inner.entries, budget, depth - 1);
    }
    if (manifest.kind === 'schema1') return [];
    const image = readImage(place, manifest);
    const { platform, created } = entry;
    return [{ child: { platform, image, created }, sizes: blobSizes(image) }];
  });
  return found.flat();
}

/** A manifest that an index names; undefined when the registry does not have it. */
async function fetchChild(place: Place, entry: Entry): Promise<Manifest | undefined> {
  try {
    const manifest = await fetchManifest(place, entry.digest);
    if (manifest.bytes.length === entry.size) return manifest;
  } catch (error) {
    if (error instanceof RegentError && error.code === 'TAG_NOT_FOUND') return undefined;
    throw error;
  }
  const detail = 'a manifest of another size than its index says';
  throw new RegentError('REGISTRY_RESPONSE_INVALID', { address: place.session.address, detail });
}
