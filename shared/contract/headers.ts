import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { registryHeaderSchema } from '../model/registry-header.ts';
import { procedure } from './procedure.ts';

const target = z.object({ address: addressSchema });
const text = z.string().max(16_384);

/**
 * Headers that a gate before a registry wants to see, such as Cloudflare Access or an API gateway. Regent sends them to
 * that registry's own origin with every request, and to nobody else. A value only ever goes in.
 */
export const headersContract = {
  list: procedure.input(target).output(z.array(registryHeaderSchema)),
  /** Sets a header, or another value for it. Fails with `HEADER_INVALID`, `HEADER_TAKEN`. */
  set: procedure.input(target.extend({ name: text, value: text })).output(registryHeaderSchema),
  remove: procedure.input(target.extend({ name: text })).output(z.object({ removed: z.boolean() })),
};
