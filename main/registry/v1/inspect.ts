import type { ImageDetails, ImageFacts, Layer } from '../../../shared/model/image-details.ts';
import { formatPlatform } from '../../../shared/model/platform.ts';
import { requirePlatform } from '../describe/choose-platform.ts';
import { readAuthor, readConfigFacts, readImageConfig } from '../describe/config.ts';
import { pairHistory } from '../describe/pair-history.ts';
import { referenceText } from '../describe/reference-text.ts';
import { readStepV1 } from '../describe/step-v1.ts';
import { sizeOf } from './describe-tag.ts';
import { FIRST_TYPE, fetchLineage, type Lineage } from './images.ts';
import type { FirstPlace } from './place.ts';
import { findImageId } from './tags.ts';

/** A tar that may be packed or not: the registry does not say. */
const LAYER_TYPE = 'application/octet-stream';

/**
 * Tells all that an image of the first generation tells of itself. It has no manifest, so what is told of its newest layer
 * stands there; each of its layers is an image, too, and named by its id.
 * @throws RegentError `PLATFORM_NOT_FOUND`, and as of `fetchLineage`
 */
export async function inspectFirst(
  place: FirstPlace,
  tag: string,
  platform?: string,
): Promise<ImageDetails> {
  const lineage = await fetchLineage(place, await findImageId(place, tag), tag);
  const { id, json, text, warnings } = lineage.newest;
  requirePlatform(readConfigFacts(json).platform, platform, referenceText(place, tag));
  const image = factsOf(lineage);
  return {
    ...{ digest: id, mediaType: FIRST_TYPE, kind: 'v1-image', detail: null },
    ...{ storedSize: image.size, platforms: [], image, subject: null, annotations: [] },
    ...{ manifest: text, warnings },
  };
}

function factsOf(lineage: Lineage): ImageFacts {
  const { newest, images } = lineage;
  const { platform, created } = readConfigFacts(newest.json);
  // Each has a layer here, also those that were made without files.
  const steps = images.map(({ json }) => ({ ...readStepV1(json), isEmpty: false }));
  const { history, instructions } = pairHistory(
    steps,
    images.map(({ id }) => id),
  );
  return {
    digest: newest.id,
    mediaType: FIRST_TYPE,
    platform: platform ? formatPlatform(platform) : null,
    size: sizeOf(lineage),
    created,
    author: readAuthor(newest.json),
    configDigest: null,
    config: readImageConfig(newest.json.config),
    layers: images.map(
      ({ id, size }, at): Layer => ({
        ...{ digest: id, mediaType: LAYER_TYPE, size, foreign: false },
        createdBy: instructions[at] ?? null,
      }),
    ),
    history,
  };
}
