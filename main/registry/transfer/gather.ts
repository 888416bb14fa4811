import { RegentError } from '../../../shared/errors/index.ts';
import { fetchManifest, type Manifest, readManifest } from '../describe/fetch-manifest.ts';
import { inParallel } from '../describe/in-parallel.ts';
import { inlinedData } from '../describe/inlined-data.ts';
import { inspect } from '../describe/inspect.ts';
import { type Descriptor, type Entry, readImage, readIndex } from '../describe/manifest.ts';
import { manifestKind } from '../describe/media-types.ts';
import { reading } from '../describe/read-value.ts';
import { referenceText } from '../describe/reference-text.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';

/** All that belongs to a reference: what has to be moved so that it is whole elsewhere. */
export interface Gathered {
  /** What the reference names, or the image of it for the platform that was asked for. */
  readonly root: Manifest;
  /** Each one behind those that it names, the root last. */
  readonly manifests: readonly Manifest[];
  /** Each one once, without those that no registry keeps (foreign layers). */
  readonly blobs: readonly Descriptor[];
}

/** Which part of an index is meant: all of it, where nothing is said. */
export interface Which {
  /** `os/arch[/variant]`: only the image for it. */
  readonly platform?: string | undefined;
  /** Only one image, for this machine's own platform if no other is named. */
  readonly single?: boolean | undefined;
}

/** Few at a time, as when they are inspected. */
const WIDTH = 4;

/** A way through an index, and what it may still cost. */
interface Walk {
  readonly place: Place;
  readonly reference: string;
  readonly seen: Set<string>;
  manifests: number;
  bytes: number;
}

/** Manifests and blobs on the way to the root. */
type Part = Pick<Gathered, 'manifests' | 'blobs'>;

/**
 * Fetches all manifests of a reference, and finds out which blobs they name.
 * @throws RegentError `TAG_NOT_FOUND`, also for a manifest that an index names and the registry has lost,
 *   `PLATFORM_NOT_FOUND`, `TRANSFER_UNSUITABLE` for schema 1, `REGISTRY_RESPONSE_INVALID` for an index beyond the limits
 */
export async function gather(
  place: Place,
  reference: string,
  which: Which = {},
): Promise<Gathered> {
  const root = await fetchManifest(place, await choose(place, reference, which));
  const { manifestsPerTag: manifests, manifestBytesPerTag: bytes } = limits;
  const seen = new Set([root.digest]);
  const walk: Walk = { place, reference, seen, manifests, bytes: bytes + root.bytes.length };
  const part = await collect(walk, root, limits.indexDepth);
  const blobs = new Map(part.blobs.map((blob) => [blob.digest, blob]));
  return { root, manifests: part.manifests, blobs: [...blobs.values()] };
}

/** The digest of the one image that is meant; the reference as it is, where all of it is. */
async function choose(
  place: Place,
  reference: string,
  { platform, single = false }: Which,
): Promise<string> {
  if (platform === undefined && !single) return reference;
  const { image, digest } = await inspect(place, reference, platform);
  return image?.digest ?? digest;
}

async function collect(walk: Walk, manifest: Manifest, depth: number): Promise<Part> {
  const { address } = walk.place.session;
  walk.bytes -= manifest.bytes.length;
  if (walk.bytes < 0) throw tooLarge(address);
  if (manifest.kind === 'schema1') {
    const reference = referenceText(walk.place, walk.reference);
    throw new RegentError('TRANSFER_UNSUITABLE', { reference, reason: 'schema1' });
  }
  if (manifest.kind === 'index') return collectIndex(walk, manifest, depth);
  const { config, layers } = reading(address, () => readImage(manifest.json));
  const blobs = [...(config ? [config] : []), ...layers].filter(({ isForeign }) => !isForeign);
  return { manifests: [manifest], blobs };
}

async function collectIndex(walk: Walk, manifest: Manifest, depth: number): Promise<Part> {
  const { address } = walk.place.session;
  const { entries } = reading(address, () => readIndex(manifest.json));
  walk.manifests -= entries.length;
  if (walk.manifests < 0 || depth === 0) throw tooLarge(address);
  const fresh = entries.filter(({ digest }) => !walk.seen.has(digest) && walk.seen.add(digest));
  const parts = await inParallel(fresh, WIDTH, async (entry): Promise<Part> => {
    // Build caches list their layers so.
    if (!manifestKind(entry.mediaType)) return { manifests: [], blobs: [entry] };
    return collect(walk, await fetchChild(walk.place, entry), depth - 1);
  });
  return {
    manifests: [...parts.flatMap((part) => part.manifests), manifest],
    blobs: parts.flatMap((part) => part.blobs),
  };
}

async function fetchChild(place: Place, entry: Entry): Promise<Manifest> {
  const { address } = place.session;
  const inlined = inlinedData(entry);
  if (inlined) return readManifest(inlined, entry.mediaType, entry.digest, address);
  const manifest = await fetchManifest(place, entry.digest, 'by-index');
  if (manifest.bytes.length === entry.size) return manifest;
  const detail = 'a manifest of another size than its index says';
  throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
}

function tooLarge(address: string): RegentError {
  return new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'an index too large' });
}
