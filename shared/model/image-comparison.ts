import * as z from 'zod';
import { layerSchema } from './image-details.ts';
import { layerFileSchema } from './layer-file.ts';

/** Something that both images state, each in its own way; null where one does not state it. */
const differenceSchema = z
  .object({
    /** `env PATH`, `label maintainer`, `entrypoint`. */
    name: z.string(),
    left: z.string().nullable(),
    right: z.string().nullable(),
  })
  .readonly();

/** What two images share, and where they differ. Sizes in bytes. */
export const imageComparisonSchema = z
  .object({
    shared: z.array(layerSchema).readonly(),
    onlyLeft: z.array(layerSchema).readonly(),
    onlyRight: z.array(layerSchema).readonly(),
    /** Bytes that whoever has the left one still fetches for the right one. */
    toFetch: z.number().nullable(),
    config: z.array(differenceSchema).readonly(),
  })
  .readonly();

/** How the files of two images differ; `null` marks the side that has none. */
const fileChangeSchema = z
  .object({
    path: z.string(),
    left: layerFileSchema.nullable(),
    right: layerFileSchema.nullable(),
  })
  .readonly();

/** A package of a Linux distribution or Alpine, by its version on each side; null where it is not installed. */
const packageChangeSchema = z
  .object({ name: z.string(), left: z.string().nullable(), right: z.string().nullable() })
  .readonly();

/** Where the packages of an image are listed that Regent can't read, by the program that keeps the list. */
const unreadPackages = z.enum(['rpm']);

/**
 * One event of comparing files: how far it is, some changes, or the packages at the end. A file has changed when its
 * kind, size, mode, owner, link target or content (SHA-256) has; its time does not count.
 */
export const fileComparisonEventSchema = z.discriminatedUnion('type', [
  /** Bytes of the compressed layers that are read; each layer once, and shared ones only where they are needed. */
  z.object({ type: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ type: z.literal('files'), files: z.array(fileChangeSchema) }),
  z.object({
    type: z.literal('packages'),
    packages: z.array(packageChangeSchema),
    /** Lists of packages that are there and were not read. */
    unread: z.array(unreadPackages),
  }),
]);

export type Difference = z.infer<typeof differenceSchema>;
export type ImageComparison = z.infer<typeof imageComparisonSchema>;
export type FileChange = z.infer<typeof fileChangeSchema>;
export type PackageChange = z.infer<typeof packageChangeSchema>;
export type FileComparisonEvent = z.infer<typeof fileComparisonEventSchema>;
