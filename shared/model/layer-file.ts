import * as z from 'zod';

/** One entry of a layer, or of all layers of an image laid over one another. */
export const layerFileSchema = z
  .object({
    /** From the root, without a leading slash; harmless to show, and nothing to write to. */
    path: z.string(),
    kind: z.enum(['file', 'folder', 'link', 'hard-link', 'device', 'removed']),
    /** Bytes, unpacked. */
    size: z.number(),
    /** Permission bits. */
    mode: z.number(),
    uid: z.number(),
    gid: z.number(),
    /** ISO 8601. */
    modified: z.string().nullable(),
    /** Where a link leads to, as written in it. */
    target: z.string().nullable(),
    /** Digest of the layer that has it last. */
    layer: z.string(),
  })
  .readonly();

/** One event of reading the files: how far it is, some entries, or that there were too many to go on. */
export const layerFilesEventSchema = z.discriminatedUnion('type', [
  /** Bytes of the compressed layers; `total` as the manifest says. */
  z.object({ type: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ type: z.literal('files'), files: z.array(layerFileSchema) }),
  z.object({ type: z.literal('limit'), entries: z.number() }),
]);

/** One file of a layer, or its beginning. */
export const fileContentSchema = z
  .object({
    path: z.string(),
    /** Bytes of the whole file. */
    size: z.number(),
    /** Null for what is no text. */
    text: z.string().nullable(),
    /** Whether there is more of it than is shown. */
    truncated: z.boolean(),
  })
  .readonly();

export type LayerFile = z.infer<typeof layerFileSchema>;
export type LayerFilesEvent = z.infer<typeof layerFilesEventSchema>;
export type FileContent = z.infer<typeof fileContentSchema>;
