import { isDigest } from '../../../shared/model/digest.ts';
import { type Platform, readPlatform } from '../../../shared/model/platform.ts';
import {
  type JsonObject,
  listOf,
  objectOf,
  objectOrEmpty,
  sizeOf,
  textOf,
  textOrEmpty,
} from './read-value.ts';

/** No image has more layers: Docker builds at most 127. */
const LAYERS = 1000;

const CREATED = 'org.opencontainers.image.created';

/** Bytes that a manifest points at. `size` in bytes. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  /** Whether it is kept elsewhere (`urls`), as layers are that no registry may distribute. */
  readonly isForeign: boolean;
  /** As it stands in the manifest, for what is seldom asked: annotations, inlined data. */
  readonly source: JsonObject;
}

/** One manifest of an index. `platform` is undefined when the index does not state it. */
export interface Entry extends Descriptor {
  readonly platform: Platform | undefined;
  readonly isAttestation: boolean;
  readonly created: unknown;
}

/** An index, taken apart. */
export interface Index {
  readonly entries: readonly Entry[];
  readonly created: unknown;
}

/** An image or artifact, taken apart. `layers`: of an artifact manifest, its blobs. */
export interface Image {
  readonly config: Descriptor | undefined;
  readonly layers: readonly Descriptor[];
  readonly created: unknown;
}

/** Reads an index or manifest list. @throws Error within `reading` */
export function readIndex(json: JsonObject): Index {
  return {
    entries: listOf(json.manifests).map(entryOf),
    created: objectOrEmpty(json.annotations)[CREATED],
  };
}

/** Reads an image manifest or artifact manifest. @throws Error within `reading` */
export function readImage(json: JsonObject): Image {
  const { config, layers, blobs, annotations } = json;
  const all = [...listOf(layers, LAYERS), ...listOf(blobs, LAYERS)];
  return {
    config: config === undefined || config === null ? undefined : descriptorOf(config),
    layers: all.map(descriptorOf),
    created: objectOrEmpty(annotations)[CREATED],
  };
}

/** The sizes of all blobs of an image that the registry itself keeps, by digest: shared ones count once. */
export function blobSizes({ config, layers }: Image): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  if (config) sizes.set(config.digest, config.size);
  for (const { digest, size, isForeign } of layers) if (!isForeign) sizes.set(digest, size);
  return sizes;
}

/** Bytes of all blobs together. */
export function totalOf(sizes: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const size of sizes.values()) total += size;
  return total;
}

function descriptorOf(json: unknown): Descriptor {
  const source = objectOf(json);
  const { mediaType, digest, size, urls } = source;
  return {
    mediaType: textOrEmpty(mediaType),
    digest: textOf(digest, isDigest),
    size: sizeOf(size),
    isForeign: Array.isArray(urls) && urls.length > 0,
    source,
  };
}

function entryOf(json: unknown): Entry {
  const descriptor = descriptorOf(json);
  const { platform } = descriptor.source;
  const annotations = objectOrEmpty(descriptor.source.annotations);
  return {
    ...descriptor,
    platform: readPlatform(platform),
    isAttestation: isAttestation(objectOrEmpty(platform), annotations),
    created: annotations[CREATED],
  };
}

/** BuildKit files provenance and SBOMs in the index beside the images, for the platform `unknown/unknown`. */
function isAttestation({ os, architecture }: JsonObject, annotations: JsonObject): boolean {
  return (
    annotations['vnd.docker.reference.type'] === 'attestation-manifest' ||
    (os === 'unknown' && architecture === 'unknown')
  );
}
