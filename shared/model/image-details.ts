import * as z from 'zod';

/** What is behind a manifest, by its media types and its content. */
const contentKinds = [
  'image',
  'multi-platform',
  /** Docker's schema 1: no sizes, no config of its own. */
  'legacy-image',
  /** Of a registry of the first generation: ids in place of digests, and no manifest. */
  'v1-image',
  'helm-chart',
  'wasm',
  'docker-plugin',
  'build-cache',
  'signature',
  'attestation',
  'provenance',
  'sbom',
  /** Anything else that is kept beside images; its type says what. */
  'artifact',
] as const;

/** Bytes that a manifest names. `size` in bytes as stored; null where the manifest does not say it. */
export const layerSchema = z
  .object({
    digest: z.string(),
    mediaType: z.string(),
    size: z.number().nullable(),
    /** The instruction that made it, as the history tells it; null where it can't be known. */
    createdBy: z.string().nullable(),
    /** Whether it is kept elsewhere, as Windows' base layers are; it is not counted in sizes then. */
    foreign: z.boolean(),
  })
  .readonly();

/** One step of an image's history, oldest first. `layer` is null for steps that made none. */
const historyStepSchema = z
  .object({
    createdBy: z.string(),
    created: z.string().nullable(),
    comment: z.string(),
    layer: z.string().nullable(),
  })
  .readonly();

const pairs = z.array(z.tuple([z.string(), z.string()]).readonly()).readonly();

/** What a container made from the image starts with. Lists of pairs keep what names like `__proto__` would spoil. */
const imageConfigSchema = z
  .object({
    user: z.string(),
    workingDir: z.string(),
    entrypoint: z.array(z.string()).readonly().nullable(),
    command: z.array(z.string()).readonly().nullable(),
    env: z.array(z.string()).readonly(),
    /** `80/tcp` */
    ports: z.array(z.string()).readonly(),
    volumes: z.array(z.string()).readonly(),
    labels: pairs,
    stopSignal: z.string(),
    healthcheck: z.array(z.string()).readonly().nullable(),
  })
  .readonly();

/** One image of an index. `size`: compressed bytes to fetch for it; null where that is not known. */
const platformEntrySchema = z
  .object({
    /** `os/arch[/variant]`; null where the index does not state it. */
    platform: z.string().nullable(),
    digest: z.string(),
    mediaType: z.string(),
    size: z.number().nullable(),
    /** Whether the registry has lost it. */
    missing: z.boolean(),
  })
  .readonly();

/** One image or artifact, taken apart. */
const imageFactsSchema = z
  .object({
    digest: z.string(),
    mediaType: z.string(),
    platform: z.string().nullable(),
    /** Compressed bytes to fetch: config and distinct layers that the registry keeps; null for schema 1. */
    size: z.number().nullable(),
    created: z.string().nullable(),
    author: z.string().nullable(),
    /** Of the config blob; null where there is none. */
    configDigest: z.string().nullable(),
    config: imageConfigSchema.nullable(),
    /** Oldest first, as in the manifest. */
    layers: z.array(layerSchema).readonly(),
    history: z.array(historyStepSchema).readonly(),
  })
  .readonly();

/** What `inspect` tells of a tag or digest. */
export const imageDetailsSchema = z
  .object({
    /** Digest of the manifest that the reference names; the id, which proves nothing, of a `v1-image` and its layers. */
    digest: z.string(),
    mediaType: z.string(),
    kind: z.enum(contentKinds),
    /** The artifact's own type, or more on the kind (`1.4.2` of a chart); null when there is nothing to say. */
    detail: z.string().nullable(),
    /** Bytes of all distinct blobs of all platforms; null where it can't be known. */
    storedSize: z.number().nullable(),
    /** The images of an index; empty for anything else. */
    platforms: z.array(platformEntrySchema).readonly(),
    /** The image asked for: the one of the platform wanted, or the only one; null for an index of none. */
    image: imageFactsSchema.nullable(),
    /** Digest of what this manifest is about, for signatures and the like. */
    subject: z.string().nullable(),
    annotations: pairs,
    /** The manifest, byte for byte, as text; of a `v1-image` what the registry tells of it. */
    manifest: z.string(),
    /** What the registry wishes to be said (`Warning: 299`). */
    warnings: z.array(z.string()).readonly(),
  })
  .readonly();

/** Something kept in the registry about an image. */
export const referrerSchema = z
  .object({
    digest: z.string(),
    mediaType: z.string(),
    kind: z.enum(contentKinds),
    /** The artifact's type, or the predicate's. */
    type: z.string(),
    size: z.number(),
    created: z.string().nullable(),
    annotations: pairs,
    /** `os/arch` when it is about one image of an index; else null. */
    platform: z.string().nullable(),
    /** The registry's own list, the fallback tag, a tag in cosign's style, or the index itself (BuildKit). */
    foundBy: z.enum(['referrers', 'fallback-tag', 'cosign-tag', 'index']),
    /** What can be opened and read. */
    documents: z.array(layerSchema).readonly(),
  })
  .readonly();

export type ContentKind = (typeof contentKinds)[number];
export type Layer = z.infer<typeof layerSchema>;
export type HistoryStep = z.infer<typeof historyStepSchema>;
export type ImageConfig = z.infer<typeof imageConfigSchema>;
export type PlatformEntry = z.infer<typeof platformEntrySchema>;
export type ImageFacts = z.infer<typeof imageFactsSchema>;
export type ImageDetails = z.infer<typeof imageDetailsSchema>;
export type Referrer = z.infer<typeof referrerSchema>;
