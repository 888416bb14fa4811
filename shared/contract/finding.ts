import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { procedure } from './procedure.ts';

const found = z.object({ name: z.string(), description: z.string().nullable() }).readonly();

/** How repositories are found on one registry, also where it has no list of all. */
export const findingContract = {
  /** What the registry's own search finds, or the list of its names; `search` looks in what was seen before. */
  find: procedure
    .input(z.object({ address: addressSchema, query: z.string().min(1).max(300) }))
    .output(z.object({ repositories: z.array(found).readonly(), isComplete: z.boolean() })),
  /** The namespaces of the login, its own first; none where the registry knows no such thing. */
  namespaces: procedure
    .input(z.object({ address: addressSchema }))
    .output(z.object({ namespaces: z.array(z.string()).readonly() })),
  /** The repositories of a namespace, page by page. */
  ofNamespace: procedure
    .input(z.object({ address: addressSchema, namespace: z.string().min(1).max(255) }))
    .output(eventIterator(z.object({ repositories: z.array(z.string()) }))),
};
