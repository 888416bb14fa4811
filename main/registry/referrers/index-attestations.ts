import { RegentError } from '../../../shared/errors/index.ts';
import { formatPlatform } from '../../../shared/model/platform.ts';
import { fetchManifest } from '../describe/fetch-manifest.ts';
import { type Entry, readIndex } from '../describe/manifest.ts';
import { objectOrEmpty, reading, textOrEmpty } from '../describe/read-value.ts';
import type { Place } from '../place.ts';
import { type FoundReferrer, MOST_REFERRERS, readReferrer } from './found-referrer.ts';

/**
 * Finds the provenance and SBOMs that BuildKit files in an index beside the images that they are about; nothing for what
 * is no index.
 * @throws RegentError as of `fetchManifest`
 */
export async function findIndexAttestations(
  place: Place,
  digest: string,
): Promise<readonly FoundReferrer[]> {
  const manifest = await fetchManifest(place, digest).catch((error: unknown) => {
    // Signatures may outlive what they are about.
    if (error instanceof RegentError && error.code === 'TAG_NOT_FOUND') return undefined;
    throw error;
  });
  if (manifest?.kind !== 'index') return [];
  return reading(place.session.address, () => {
    const { entries } = readIndex(manifest.json);
    return entries
      .filter(({ isAttestation }) => isAttestation)
      .slice(0, MOST_REFERRERS)
      .map((entry) => ({
        ...readReferrer(entry.source, 'index'),
        platform: platformOf(entry, entries),
      }));
  });
}

/** The platform of the image that an attestation names. */
function platformOf({ source }: Entry, entries: readonly Entry[]): string | null {
  const about = textOrEmpty(objectOrEmpty(source.annotations)['vnd.docker.reference.digest']);
  const platform = entries.find(({ digest }) => digest === about)?.platform;
  return platform ? formatPlatform(platform) : null;
}
