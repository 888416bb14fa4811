import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';

/** What is known of one layer of a transfer. Sizes in bytes; `total` is null while it is unknown. */
export const layerProgressSchema = z
  .object({
    id: z.string(),
    /** `mounted`: taken from another repository of the same registry, without being moved. */
    state: z.enum([
      ...(['waiting', 'downloading', 'uploading', 'extracting', 'retrying'] as const),
      ...(['done', 'present', 'mounted'] as const),
    ]),
    done: z.number(),
    total: z.number().nullable(),
  })
  .readonly();

/** A snapshot of long work. `done` never runs backwards; `rate` is bytes a second; times are ISO 8601. */
export const taskSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['pull', 'save', 'copy']),
    /** What the work is about: an image reference; of a copy, where it goes. */
    subject: z.string(),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    done: z.number(),
    total: z.number().nullable(),
    /** From 0 to 1, over download and extraction; null while it can't be known. */
    fraction: z.number().nullable(),
    rate: z.number(),
    layers: z.array(layerProgressSchema).readonly(),
    /** Digest of the result, when done. */
    digest: z.string().nullable(),
    /** True when everything was there already, and nothing had to be moved. */
    upToDate: z.boolean(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    error: problemSchema.nullable(),
  })
  .readonly();

/** See {@link layerProgressSchema}. */
export type LayerProgress = z.infer<typeof layerProgressSchema>;
/** See {@link taskSchema}. */
export type Task = z.infer<typeof taskSchema>;
