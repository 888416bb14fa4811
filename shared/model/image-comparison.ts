import * as z from 'zod';
import { layerSchema } from './image-details.ts';
import { layerFileSchema } from './layer-file.ts';

/** Something that both images state, each in its own way; null where one does not state it. */
export const differenceSchema = z
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
export const fileChangeSchema = z
  .object({
    path: z.string(),
    left: layerFileSchema.nullable(),
    right: layerFileSchema.nullable(),
  })
  .readonly();

/** A package of a Linux distribution or Alpine, by its version on each side; null where it is not installed. */
export const packageChangeSchema = z
  .object({ name: z.string(), left: z.string().nullable(), right: z.string().nullable() })
  .readonly();

export type Difference = z.infer<typeof differenceSchema>;
export type ImageComparison = z.infer<typeof imageComparisonSchema>;
export type FileChange = z.infer<typeof fileChangeSchema>;
export type PackageChange = z.infer<typeof packageChangeSchema>;
