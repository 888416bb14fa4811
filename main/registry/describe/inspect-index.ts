import { RegentError } from '../../../shared/errors/index.ts';
import type { ImageFacts, PlatformEntry } from '../../../shared/model/image-details.ts';
import { formatPlatform, type Platform } from '../../../shared/model/platform.ts';
import type { Place } from '../place.ts';
import { type Annotations, readAnnotations } from './annotations.ts';
import { findPlatform, ownPlatform } from './choose-platform.ts';
import { cleanLine } from './clean-value.ts';
import { readConfigFacts } from './config.ts';
import { contentKindOf } from './content-kind.ts';
import { fetchConfig } from './fetch-config.ts';
import type { Manifest } from './fetch-manifest.ts';
import { imageFacts, tellsOfImage } from './image-facts.ts';
import { inParallel } from './in-parallel.ts';
import { fetchIndexParts, type IndexChild, type IndexParts } from './index-parts.ts';
import type { Inspected, Wanted } from './inspected.ts';
import { legacyFacts } from './legacy-facts.ts';
import { blobSizes, type Index, readIndex, totalOf } from './manifest.ts';
import { type JsonObject, reading } from './read-value.ts';
import { referenceText } from './reference-text.ts';

/** An image of the index with its platform, by the index or else by its config. */
interface Candidate {
  readonly child: IndexChild;
  readonly platform: Platform | undefined;
}

const WIDTH = 4;

/**
 * Inspects an index: the sizes of all its images, and one of them in detail.
 * @throws RegentError `PLATFORM_NOT_FOUND`, and `TAG_NOT_FOUND` when the registry has lost the one asked for
 */
export async function inspectIndex(
  place: Place,
  { mediaType, json }: Manifest,
  wanted: Wanted,
  annotations: Annotations,
): Promise<Inspected> {
  const index = reading(place.session.address, () => readIndex(json));
  // What the registry has lost must show, although this machine may still have it.
  const parts = await fetchIndexParts(place, index, 'by-person');
  const candidates = await inParallel(parts.children, WIDTH, (child) => candidateOf(place, child));
  const chosen = choose(place, candidates, wanted);
  return {
    content: contentKindOf({
      ...{ mediaType, annotations },
      artifactType: typeof json.artifactType === 'string' ? json.artifactType : undefined,
      entries: describeEntries(index),
    }),
    platforms: candidates.map(entryOf),
    image: chosen ? await factsOf(place, chosen) : null,
    storedSize: storedSize(parts),
  };
}

function describeEntries({ entries }: Index) {
  return entries.map(({ mediaType, platform, isAttestation, source }) => ({
    ...{ mediaType, hasPlatform: platform !== undefined || isAttestation },
    artifactType: typeof source.artifactType === 'string' ? source.artifactType : undefined,
  }));
}

/** The index may leave the platform out; then the image's own config is asked. */
async function candidateOf(place: Place, child: IndexChild): Promise<Candidate> {
  const { entry, image } = child;
  const config = image?.config;
  if (entry.platform || !tellsOfImage(config)) return { child, platform: entry.platform };
  const json = await fetchConfig(place, config);
  return { child, platform: json ? readConfigFacts(json).platform : undefined };
}

function choose(
  place: Place,
  candidates: readonly Candidate[],
  { reference, platform: wanted }: Wanted,
): Candidate | undefined {
  const platformOf = ({ platform }: Candidate) => platform;
  const there = candidates.filter(({ child }) => child.manifest !== null);
  const platforms = candidates.flatMap(({ platform }) => platform ?? []).map(formatPlatform);
  if (wanted === undefined || platforms.length === 0) {
    return findPlatform(there, platformOf, ownPlatform()) ?? there[0];
  }
  const found = findPlatform(there, platformOf, wanted);
  if (found) return found;
  const lost = findPlatform(candidates, platformOf, wanted);
  if (lost) {
    const missing = referenceText(place, lost.child.entry.digest);
    throw new RegentError('TAG_NOT_FOUND', { reference: missing });
  }
  throw new RegentError('PLATFORM_NOT_FOUND', {
    ...{ reference: referenceText(place, reference), platform: wanted },
    platforms: [...new Set(platforms)],
  });
}

function entryOf({ child: { entry, manifest, image }, platform }: Candidate): PlatformEntry {
  return {
    platform: platform ? formatPlatform(platform) : null,
    digest: entry.digest,
    mediaType: cleanLine(entry.mediaType),
    size: image && totalOf(blobSizes(image)),
    missing: manifest === null,
  };
}

async function factsOf(place: Place, { child }: Candidate): Promise<ImageFacts | null> {
  const { entry, manifest, image } = child;
  if (manifest === null) return null;
  if (image === null) return legacyFacts(place, manifest);
  const config: JsonObject | null = tellsOfImage(image.config)
    ? await fetchConfig(place, image.config)
    : null;
  const annotations = readAnnotations(manifest.json.annotations);
  return imageFacts({ manifest, image, config, annotations, entry });
}

/** Shared blobs count once; null when there is nothing that can be counted. */
function storedSize({ children, loose }: IndexParts): number | null {
  const sizes = new Map(loose);
  for (const { image } of children) {
    if (image) for (const [digest, size] of blobSizes(image)) sizes.set(digest, size);
  }
  return sizes.size === 0 ? null : totalOf(sizes);
}
