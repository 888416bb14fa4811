import type { ImageFacts, Layer } from '../../../shared/model/image-details.ts';
import { formatPlatform } from '../../../shared/model/platform.ts';
import type { Place } from '../place.ts';
import { readAuthor, readImageConfig } from './config.ts';
import type { Manifest } from './fetch-manifest.ts';
import { fetchSizes } from './fetch-sizes.ts';
import { pairHistory } from './pair-history.ts';
import { reading } from './read-value.ts';
import { readLegacy } from './schema1.ts';
import { readStepV1 } from './step-v1.ts';

const TYPE = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

/**
 * Takes a legacy image (schema 1) apart. Its config and history are in the descriptions of its layers; it states no
 * sizes, so the registry is asked for each.
 */
export async function legacyFacts(place: Place, manifest: Manifest): Promise<ImageFacts> {
  const legacy = reading(place.session.address, () => readLegacy(manifest.json));
  const { newest } = legacy;
  const steps = legacy.steps.map(({ v1 }) => readStepV1(v1));
  const digests = legacy.steps.flatMap(({ layer }, at) =>
    layer !== undefined && steps[at]?.isEmpty === false ? [layer] : [],
  );
  const { history, instructions } = pairHistory(steps, digests);
  const sizes = await fetchSizes(place, digests);
  const layers = digests.map(
    (digest, at): Layer => ({
      digest,
      mediaType: TYPE,
      size: sizes.get(digest) ?? null,
      createdBy: instructions[at] ?? null,
      foreign: false,
    }),
  );
  const isComplete = layers.length > 0 && layers.every(({ size }) => size !== null);
  return {
    digest: manifest.digest,
    mediaType: manifest.mediaType,
    platform: legacy.platform ? formatPlatform(legacy.platform) : null,
    size: isComplete ? [...sizes.values()].reduce((sum, size) => sum + size, 0) : null,
    created: legacy.created,
    author: readAuthor(newest),
    configDigest: null,
    config: readImageConfig(newest.config),
    layers,
    history,
  };
}
