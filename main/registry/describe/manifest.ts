import * as z from 'zod';
import { isDigest } from '../../../shared/model/digest.ts';
import { type Platform, readPlatform } from '../../../shared/model/platform.ts';

const created = 'org.opencontainers.image.created';
const text = z.string().catch('');
const annotations = z.record(z.string(), z.unknown()).nullish().catch(null);

const descriptorSchema = z.object({
  mediaType: text,
  digest: z.string().refine(isDigest),
  size: z.number().int().nonnegative(),
  /** Where a layer that no registry may distribute is kept instead. */
  urls: z.array(z.unknown()).nullish().catch(null),
});

/** No image has more layers: Docker builds at most 127. */
const LAYERS = 1000;

const entrySchema = descriptorSchema.extend({ platform: z.unknown().optional(), annotations });

const indexSchema = z.object({ manifests: z.array(entrySchema).nullish(), annotations });

const imageSchema = z.object({
  config: descriptorSchema.nullish(),
  layers: z.array(descriptorSchema).max(LAYERS).nullish(),
  /** Of the withdrawn artifact manifests. */
  blobs: z.array(descriptorSchema).max(LAYERS).nullish(),
  annotations,
});

/** Bytes that a manifest points at. */
type Descriptor = Pick<z.infer<typeof descriptorSchema>, 'mediaType' | 'digest' | 'size'>;

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

/** An image or artifact, taken apart. `blobs` are the config and all layers that the registry itself keeps. */
export interface Image {
  readonly config: Descriptor | undefined;
  readonly blobs: readonly Descriptor[];
  readonly created: unknown;
}

/** Reads an index or manifest list. */
export const indexReader = {
  parse: (json: unknown): Index => {
    const { manifests, annotations: own } = indexSchema.parse(json);
    return { entries: (manifests ?? []).map(entryOf), created: own?.[created] };
  },
};

/** Reads an image manifest or artifact manifest. */
export const imageReader = {
  parse: (json: unknown): Image => {
    const { config, layers, blobs, annotations: own } = imageSchema.parse(json);
    const stored = [...(layers ?? []), ...(blobs ?? [])].filter(({ urls }) => !urls?.length);
    return {
      config: config ?? undefined,
      blobs: [...(config ? [config] : []), ...stored],
      created: own?.[created],
    };
  },
};

function entryOf({
  mediaType,
  digest,
  size,
  platform,
  annotations: own,
}: z.infer<typeof entrySchema>): Entry {
  return {
    mediaType,
    digest,
    size,
    platform: readPlatform(platform),
    isAttestation: isAttestation(platform, own ?? {}),
    created: own?.[created],
  };
}

/** BuildKit files provenance and SBOMs in the index beside the images, for the platform `unknown/unknown`. */
function isAttestation(platform: unknown, own: Readonly<Record<string, unknown>>): boolean {
  const { os, architecture } = (platform ?? {}) as Readonly<Record<string, unknown>>;
  return (
    own['vnd.docker.reference.type'] === 'attestation-manifest' ||
    (os === 'unknown' && architecture === 'unknown')
  );
}
