import { RegentError } from '../../../shared/errors/index.ts';
import { fetchManifest, type Manifest } from '../describe/fetch-manifest.ts';
import { listOf, objectOrEmpty, textOrEmpty } from '../describe/read-value.ts';
import { putManifest } from '../manifests/put-manifest.ts';
import type { Place } from '../place.ts';
import { askReferrers } from '../referrers/ask-referrers.ts';
import { fallbackTag } from '../referrers/tags-beside.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';

/**
 * Notes a manifest in the list of those that are about another one, where the registry keeps no such list itself: an
 * index under the fallback tag (OCI distribution specification 1.1, "Pushing Manifests with Subject").
 * @throws RegentError the usual ones
 */
export async function listInFallback(
  place: Place,
  subject: string,
  manifest: Manifest,
): Promise<void> {
  if ((await askReferrers(place, subject)) !== undefined) return;
  const tag = fallbackTag(subject);
  const known = listOf((await findIndex(place, tag))?.json.manifests);
  if (known.some((entry) => objectOrEmpty(entry).digest === manifest.digest)) return;
  const manifests = [...known, entryOf(manifest)];
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
  await putManifest(place, tag, { mediaType: INDEX, bytes });
}

function entryOf({ mediaType, digest, bytes, json }: Manifest) {
  const { annotations, artifactType, config } = json;
  const type = textOrEmpty(artifactType) || textOrEmpty(objectOrEmpty(config).mediaType);
  return {
    ...{ mediaType, digest, size: bytes.length },
    ...(type !== '' && { artifactType: type }),
    ...(annotations !== undefined && { annotations }),
  };
}

async function findIndex(place: Place, tag: string): Promise<Manifest | undefined> {
  try {
    const manifest = await fetchManifest(place, tag);
    return manifest.kind === 'index' ? manifest : undefined;
  } catch (error) {
    const absent = ['TAG_NOT_FOUND', 'REPOSITORY_NOT_FOUND'];
    if (error instanceof RegentError && absent.includes(error.code)) return undefined;
    throw error;
  }
}
