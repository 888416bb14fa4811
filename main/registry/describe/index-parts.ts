import { RegentError } from '../../../shared/errors/index.ts';
import type { Asked } from '../cache/find-kept.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { fetchManifest, type Manifest, readManifest } from './fetch-manifest.ts';
import { inParallel } from './in-parallel.ts';
import { inlinedData } from './inlined-data.ts';
import { type Entry, type Image, type Index, readImage, readIndex } from './manifest.ts';
import { manifestKind } from './media-types.ts';
import { reading } from './read-value.ts';

/** One image of an index. `manifest` is null when the registry has lost it; `image` then too, and for schema 1. */
export interface IndexChild {
  readonly entry: Entry;
  readonly manifest: Manifest | null;
  readonly image: Image | null;
}

/** What an index names, down to the last index in it, without attestations. */
export interface IndexParts {
  readonly children: readonly IndexChild[];
  /** Bytes of blobs that are in the index themselves, by digest: build caches list their layers so. */
  readonly loose: ReadonlyMap<string, number>;
}

/** Few at a time for one tag: many tags are described at once. */
const WIDTH = 4;

/** A way through an index, and what it may still cost. */
interface Walk {
  readonly place: Place;
  readonly asked: Asked;
  manifests: number;
  bytes: number;
}

/**
 * Fetches all images that an index names. Each digest counts once: a hostile index can name one any number of times.
 * @param asked whether the registry must still have them (`by-person`), or it is enough that this machine does
 * @throws RegentError as of `fetchManifest`; `REGISTRY_RESPONSE_INVALID` for an index beyond the limits
 */
export async function fetchIndexParts(
  place: Place,
  index: Index,
  asked: Asked,
): Promise<IndexParts> {
  const cost = { manifests: limits.manifestsPerTag, bytes: limits.manifestBytesPerTag };
  const found = await collect({ place, asked, ...cost }, index.entries, limits.indexDepth);
  return {
    children: found.filter((part) => 'manifest' in part),
    loose: new Map(
      found.flatMap((part) => ('manifest' in part ? [] : [[part.entry.digest, part.entry.size]])),
    ),
  };
}

type Part = IndexChild | { readonly entry: Entry };

async function collect(
  walk: Walk,
  entries: readonly Entry[],
  depth: number,
): Promise<readonly Part[]> {
  const { address } = walk.place.session;
  walk.manifests -= entries.length;
  if (walk.manifests < 0 || depth === 0) throw tooLarge(address);
  const distinct = new Map(entries.map((entry) => [entry.digest, entry]));
  const wanted = [...distinct.values()].filter(({ isAttestation }) => !isAttestation);
  const found = await inParallel(wanted, WIDTH, async (entry): Promise<readonly Part[]> => {
    if (!manifestKind(entry.mediaType)) return [{ entry }];
    const manifest = await fetchChild(walk, entry);
    if (!manifest) return [{ entry, manifest: null, image: null }];
    walk.bytes -= manifest.bytes.length;
    if (walk.bytes < 0) throw tooLarge(address);
    const { kind, json } = manifest;
    if (kind === 'schema1') return [{ entry, manifest, image: null }];
    if (kind !== 'index') {
      return [{ entry, manifest, image: reading(address, () => readImage(json)) }];
    }
    const inner = reading(address, () => readIndex(json));
    return collect(walk, inner.entries, depth - 1);
  });
  return found.flat();
}

/** A manifest that an index names; undefined when the registry does not have it. */
async function fetchChild({ place, asked }: Walk, entry: Entry): Promise<Manifest | undefined> {
  const { address } = place.session;
  const inlined = inlinedData(entry);
  if (inlined) return readManifest(inlined, entry.mediaType, entry.digest, address);
  try {
    const manifest = await fetchManifest(place, entry.digest, asked);
    if (manifest.bytes.length === entry.size) return manifest;
  } catch (error) {
    if (error instanceof RegentError && error.code === 'TAG_NOT_FOUND') return undefined;
    throw error;
  }
  const detail = 'a manifest of another size than its index says';
  throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
}

function tooLarge(address: string): RegentError {
  return new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'an index too large' });
}
