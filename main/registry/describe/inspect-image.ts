import { readPlatform } from '../../../shared/model/platform.ts';
import type { Place } from '../place.ts';
import { type Annotations, readAnnotations } from './annotations.ts';
import { requirePlatform } from './choose-platform.ts';
import { cleanLine } from './clean-value.ts';
import { type Content, contentKindOf } from './content-kind.ts';
import { fetchConfig } from './fetch-config.ts';
import type { Manifest } from './fetch-manifest.ts';
import { imageFacts, tellsOfImage } from './image-facts.ts';
import type { Inspected, Wanted } from './inspected.ts';
import { type Descriptor, type Image, readImage } from './manifest.ts';
import { type JsonObject, reading } from './read-value.ts';
import { referenceText } from './reference-text.ts';

const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json';

/**
 * Inspects an image or artifact that stands alone.
 * @throws RegentError `PLATFORM_NOT_FOUND` when its config states another platform than the one asked for
 */
export async function inspectImage(
  place: Place,
  manifest: Manifest,
  { reference, platform: wanted }: Wanted,
  annotations: Annotations,
): Promise<Inspected> {
  const image = reading(place.session.address, () => readImage(manifest.json));
  const { config: descriptor } = image;
  const isChart = descriptor?.mediaType === HELM_CONFIG;
  const config =
    descriptor && (isChart || tellsOfImage(descriptor))
      ? await fetchConfig(place, descriptor)
      : null;
  const facts = imageFacts({
    ...{ manifest, image, annotations, entry: undefined },
    config: tellsOfImage(descriptor) ? config : null,
  });
  const { platform, size } = facts;
  const stated = config ? readPlatform(config) : undefined;
  requirePlatform(stated, wanted, referenceText(place, reference));
  const content = contentOf(manifest, image, annotations, platform, reference);
  return {
    content:
      isChart && config ? { ...content, detail: chartOf(config) ?? content.detail } : content,
    platforms: [],
    image: facts,
    storedSize: size,
  };
}

function contentOf(
  { mediaType, json }: Manifest,
  { config, layers }: Image,
  annotations: Annotations,
  platform: string | null,
  reference: string,
): Content {
  return contentKindOf({
    ...{ mediaType, annotations, platform, tag: reference },
    artifactType: typeof json.artifactType === 'string' ? json.artifactType : undefined,
    configType: config?.mediaType,
    layers: layers.map(partOf),
  });
}

function partOf({ mediaType, source }: Descriptor) {
  return { mediaType, annotations: readAnnotations(source.annotations) };
}

/** A chart's name and version as its Chart.yaml has them, which is its config. */
function chartOf(config: JsonObject): string | null {
  const words = [cleanLine(config.name), cleanLine(config.version)];
  return words.filter((word) => word !== '').join(' ') || null;
}
