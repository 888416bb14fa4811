import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';
import { addressSchema } from '../model/address.ts';
import {
  deletionOrderSchema,
  deletionPlanSchema,
  deletionResultSchema,
  deletionWishSchema,
} from '../model/deletion.ts';
import { mostAtOnce } from '../model/most-at-once.ts';
import { procedure } from './procedure.ts';

const repository = z.object({ address: addressSchema, repository: z.string().min(1).max(255) });

/** What changes a repository, and the plan of it. */
export const repositoryChangesContract = {
  /** What deleting these tags would do. Changes nothing. */
  planDeletion: procedure
    .input(repository.extend({ wish: deletionWishSchema }))
    .output(deletionPlanSchema),
  /**
   * Deletes these manifests, each with all tags that name it, if it still has those tags and no others. Where a page
   * asks, the user is asked outside of it first.
   */
  delete: procedure
    .input(repository.extend({ orders: z.array(deletionOrderSchema).min(1).max(mostAtOnce) }))
    .output(
      eventIterator(deletionResultSchema.unwrap().extend({ problem: problemSchema.nullable() })),
    ),
  /**
   * Gives an image one more tag, or moves a tag to it, without moving any data. `replaced`: the digest that the tag named
   * before; null where it is new or stays.
   */
  retag: procedure
    .input(
      repository.extend({ reference: z.string().min(1).max(200), tag: z.string().min(1).max(128) }),
    )
    .output(z.object({ digest: z.string(), replaced: z.string().nullable() })),
};
