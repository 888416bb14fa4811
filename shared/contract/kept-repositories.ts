import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { tagSchema } from '../model/image.ts';
import { markedRepositorySchema, marksSchema } from '../model/marks.ts';
import { procedure } from './procedure.ts';

/** ISO 8601: when the registry was read. */
const at = z.iso.datetime();

/** What this machine remembers of registries. Nothing here asks a registry. */
export const keptRepositoriesContract = {
  /** The repositories as the login in use saw them last; null when it has not. */
  kept: procedure
    .input(z.object({ address: addressSchema }))
    .output(z.object({ repositories: z.array(z.string()).readonly(), at }).nullable()),
  /** The tags as the login in use saw them last, with what was learned of some of them; null when it has not. */
  keptTags: procedure.input(markedRepositorySchema).output(
    z
      .object({
        tags: z.array(z.string()).readonly(),
        details: z.array(tagSchema).readonly(),
        at,
      })
      .nullable(),
  ),
  /** Favourites, and what was opened last. */
  marks: procedure.output(marksSchema),
  /** Makes a repository a favourite, or none any more. */
  mark: procedure
    .input(markedRepositorySchema.unwrap().extend({ favourite: z.boolean() }))
    .output(marksSchema),
  /** Repositories of all registries that a text may mean, the likeliest first, among those seen before. */
  search: procedure
    .input(z.object({ text: z.string().max(300), limit: z.number().int().min(1).max(200) }))
    .output(
      z.object({
        hits: z
          .array(markedRepositorySchema.unwrap().extend({ favourite: z.boolean() }).readonly())
          .readonly(),
      }),
    ),
};
