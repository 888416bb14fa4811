import * as z from 'zod';
import { mostAtOnce } from './most-at-once.ts';

/** Which tags are to go. All that is given must hold; what is kept by name or number is never deleted. */
export const deletionWishSchema = z
  .object({
    /** Tags or digests by name. */
    references: z.array(z.string().max(128)).max(mostAtOnce).optional(),
    /** A pattern of tags: `*` for any characters, `?` for one. */
    pattern: z.string().max(200).optional(),
    /** Days since the image was made, as it states itself. What states no time is kept. */
    olderThanDays: z.number().min(0).optional(),
    /** How many of the newest that fit are kept. */
    keepNewest: z.number().int().min(0).optional(),
    /** Whether signatures and the like go with their images; no condition of its own. */
    withAttached: z.boolean().optional(),
  })
  .readonly();

const order = z.object({
  digest: z.string(),
  /** Every tag that names it: all of them go. */
  tags: z.array(z.string()).readonly(),
  /** Manifests of an index that nothing else in the repository needs: they go after it. */
  parts: z.array(z.string()).readonly(),
});

/** A manifest to be deleted, if it still has these tags and no others. */
export const deletionOrderSchema = order.readonly();

/** One manifest that would go, with all that goes with it. */
const deletionEntrySchema = order
  .extend({
    /** Those of them that nobody asked for. */
    alsoLost: z.array(z.string()).readonly(),
    created: z.string().nullable(),
    /** Compressed bytes that no other tag of this repository needs; null where that is not known. */
    frees: z.number().nullable(),
    /** Tags whose index holds it, and which it would break. */
    heldBy: z.array(z.string()).readonly(),
    /** Tags that hold its signatures, SBOMs and the like, and stay. */
    attached: z.array(z.string()).readonly(),
  })
  .readonly();

/** One manifest that a rule fits and that stays all the same. */
const sparedSchema = z
  .object({
    digest: z.string(),
    /** Those of its tags that the rule fits. */
    tags: z.array(z.string()).readonly(),
    /** Tags that would be lost or broken with it: others that name it, or whose index holds it or may do so. */
    by: z.array(z.string()).readonly(),
  })
  .readonly();

/** What a deletion would do, before it happens. */
export const deletionPlanSchema = z
  .object({
    entries: z.array(deletionEntrySchema).readonly(),
    spared: z.array(sparedSchema).readonly(),
    /** Tags of indexes that stay and could not be read. They may need anything, so only what was named goes. */
    unread: z.array(z.string()).readonly(),
    /** Tags that would stay. */
    kept: z.number(),
    /** Bytes that can be freed once the registry collects its garbage; null where that is not known. */
    frees: z.number().nullable(),
  })
  .readonly();

/** How one deletion ended. */
export const deletionResultSchema = z
  .object({ digest: z.string(), tags: z.array(z.string()).readonly(), deleted: z.boolean() })
  .readonly();

export type DeletionWish = z.infer<typeof deletionWishSchema>;
export type DeletionOrder = z.infer<typeof deletionOrderSchema>;
export type DeletionEntry = z.infer<typeof deletionEntrySchema>;
export type DeletionPlan = z.infer<typeof deletionPlanSchema>;
export type DeletionResult = z.infer<typeof deletionResultSchema>;
