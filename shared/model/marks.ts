import * as z from 'zod';
import { addressSchema } from './address.ts';

/** A repository, with its registry. */
export const markedRepositorySchema = z
  .object({ address: addressSchema, repository: z.string().min(1).max(255) })
  .readonly();

/** A repository that was opened; `at` is ISO 8601. */
export const recentRepositorySchema = z
  .object({ address: addressSchema, repository: z.string().min(1).max(255), at: z.iso.datetime() })
  .readonly();

/** What a person has marked or opened: favourites in the order of their marking, recents the latest first. */
export const marksSchema = z
  .object({
    favourites: z.array(markedRepositorySchema).readonly(),
    recents: z.array(recentRepositorySchema).readonly(),
  })
  .readonly();

export type MarkedRepository = z.infer<typeof markedRepositorySchema>;
export type Marks = z.infer<typeof marksSchema>;
