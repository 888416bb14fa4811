import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';

/** What is known of one layer of a transfer. Sizes in bytes; `total` is null while it is unknown. */
export const layerProgressSchema = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'downloading', 'extracting', 'done', 'present', 'retrying']),
    done: z.number(),
    total: z.number().nullable(),
  })
  .readonly();

/** A snapshot of long work. `done` never runs backwards; `rate` is bytes a second; times are ISO 8601. */
export const taskSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['pull']),
    /** What the work is about: an image reference. */
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
    /** True when the engine had the image already. */
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
