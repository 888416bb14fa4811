import { RegentError } from '../../../shared/errors/index.ts';
import { fetchManifest, type Manifest } from '../describe/fetch-manifest.ts';
import { listOf, objectOrEmpty, reading, textOrEmpty } from '../describe/read-value.ts';
import type { Place } from '../place.ts';
import { type FoundReferrer, MOST_REFERRERS, readReferrer } from './found-referrer.ts';

/**
 * The tag under which clients keep the list of referrers where the registry keeps none (OCI distribution specification
 * 1.1, "Referrers Tag Schema").
 */
export function fallbackTag(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `${algorithm.slice(0, 32)}-${hex.slice(0, 64)}`.replace(/[^A-Za-z0-9._-]/g, '-');
}

/** Reads the list under the fallback tag; without one, or with something else under it, nothing refers. */
export async function readFallback(
  place: Place,
  digest: string,
): Promise<readonly FoundReferrer[]> {
  const manifest = await fetchIfThere(place, fallbackTag(digest));
  if (manifest?.kind !== 'index') return [];
  return reading(place.session.address, () =>
    listOf(manifest.json.manifests)
      .slice(0, MOST_REFERRERS)
      .map((one) => readReferrer(one, 'fallback-tag')),
  );
}

/** What cosign hangs on an image: signatures, attestations, an SBOM (cosign, "Registry support"). */
const SUFFIXES = ['sig', 'att', 'sbom'] as const;

/** Finds what cosign keeps under tags made of the digest. */
export async function findCosignTags(
  place: Place,
  digest: string,
): Promise<readonly FoundReferrer[]> {
  const tags = SUFFIXES.map((suffix) => `${digest.replace(':', '-')}.${suffix}`);
  const manifests = await Promise.all(tags.map((tag) => fetchIfThere(place, tag)));
  return manifests.flatMap((manifest, index) => {
    const tag = tags[index];
    return manifest && tag ? [{ ...foundIn(manifest), tag }] : [];
  });
}

function foundIn({ bytes, digest, json, mediaType }: Manifest): FoundReferrer {
  return {
    ...{ digest, mediaType, size: bytes.length, platform: null, foundBy: 'cosign-tag' },
    artifactType: textOrEmpty(json.artifactType) || undefined,
    annotations: objectOrEmpty(json.annotations),
  };
}

/** Tags longer than the grammar allows, as those of SHA-512 with a suffix, can't be there. */
async function fetchIfThere(place: Place, tag: string): Promise<Manifest | undefined> {
  try {
    return await fetchManifest(place, tag);
  } catch (error) {
    const absent = ['TAG_NOT_FOUND', 'REPOSITORY_NOT_FOUND', 'REFERENCE_INVALID'];
    if (error instanceof RegentError && absent.includes(error.code)) return undefined;
    throw error;
  }
}
