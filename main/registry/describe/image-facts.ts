import type { ImageFacts, Layer } from '../../../shared/model/image-details.ts';
import { formatPlatform, type Platform } from '../../../shared/model/platform.ts';
import { type Annotations, annotationOf } from './annotations.ts';
import { cleanLine } from './clean-value.ts';
import { readAuthor, readConfigFacts, readHistory, readImageConfig } from './config.ts';
import { readCreated } from './created.ts';
import type { Manifest } from './fetch-manifest.ts';
import { blobSizes, type Descriptor, type Image, totalOf } from './manifest.ts';
import { isImageConfig, isWasmConfig } from './media-types.ts';
import { pairHistory } from './pair-history.ts';
import type { JsonObject } from './read-value.ts';

/** What an image's facts are made from. */
export interface ImageSources {
  readonly manifest: Manifest;
  readonly image: Image;
  /** The config blob; null where it is none of an image, or was lost. */
  readonly config: JsonObject | null;
  readonly annotations: Annotations;
  /** Platform and time as an index states them. */
  readonly entry:
    | { readonly platform: Platform | undefined; readonly created: unknown }
    | undefined;
}

/** Whether a config blob of this type is worth reading for platform, time and author. */
export function tellsOfImage(config: Descriptor | undefined): config is Descriptor {
  return (
    config !== undefined && (isImageConfig(config.mediaType) || isWasmConfig(config.mediaType))
  );
}

/** Takes one image apart, its text cleaned. The config's word on the platform stands above the index's. */
export function imageFacts({
  manifest: { digest, mediaType },
  image,
  config,
  annotations,
  entry,
}: ImageSources): ImageFacts {
  const facts = config ? readConfigFacts(config) : undefined;
  const platform = facts?.platform ?? entry?.platform;
  const { history, instructions } = pairHistory(
    readHistory(config?.history),
    image.layers.map((layer) => layer.digest),
  );
  const isImage = config !== null && isImageConfig(image.config?.mediaType ?? '');
  return {
    digest,
    mediaType,
    platform: platform ? formatPlatform(platform) : null,
    size: totalOf(blobSizes(image)),
    created: facts?.created ?? readCreated(image.created) ?? readCreated(entry?.created),
    author:
      (config && readAuthor(config)) ??
      annotationOf(annotations, 'org.opencontainers.image.authors') ??
      null,
    configDigest: image.config?.digest ?? null,
    config: isImage ? readImageConfig(config.config) : null,
    layers: image.layers.map((layer, at) => layerOf(layer, instructions[at] ?? null)),
    history,
  };
}

function layerOf(
  { mediaType, digest, size, isForeign }: Descriptor,
  createdBy: string | null,
): Layer {
  return { digest, mediaType: cleanLine(mediaType), size, createdBy, foreign: isForeign };
}
