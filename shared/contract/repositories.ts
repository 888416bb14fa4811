import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { tagSchema } from '../model/image.ts';
import { procedure } from './procedure.ts';

const repository = z.object({ address: addressSchema, repository: z.string().min(1).max(255) });

/** What a registry holds. */
export const repositoriesContract = {
  /** All repositories, page by page. */
  list: procedure
    .input(z.object({ address: addressSchema }))
    .output(eventIterator(z.object({ repositories: z.array(z.string()) }))),
  /** The names of all tags, sorted for people. */
  tags: procedure
    .input(repository)
    .output(z.object({ repository: z.string(), tags: z.array(z.string()) })),
  /** What is behind one tag. */
  tag: procedure.input(repository.extend({ tag: z.string().min(1).max(128) })).output(tagSchema),
};
