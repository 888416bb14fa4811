import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { probeReportSchema, probeStepSchema } from '../model/probe.ts';
import { registrySchema, registryStatusSchema } from '../model/registry.ts';
import { procedure } from './procedure.ts';

/** One event of a look at a server: a step's state, at the end the whole report. */
const probeEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step'), step: probeStepSchema }),
  z.object({ type: z.literal('report'), report: probeReportSchema }),
]);
export type ProbeEvent = z.infer<typeof probeEventSchema>;

const target = z.object({ address: addressSchema });

/** Registries: looking at a server, and the list of those the user has added. */
export const registriesContract = {
  /**
   * Looks at a server without credentials and without changing anything; ends with the report. `complete`
   * fetches issuers that the server left out, over plain HTTP from where its certificates say.
   */
  probe: procedure
    .input(target.extend({ complete: z.boolean().optional() }))
    .output(eventIterator(probeEventSchema)),
  list: procedure.output(z.array(registrySchema)),
  add: procedure.input(target.extend({ scheme: z.enum(['https', 'http']) })).output(registrySchema),
  /** Removes it from the list, and its headers; trust and accounts stay until they are undone by name. */
  remove: procedure.input(target).output(z.object({ removed: z.boolean() })),
  status: procedure.input(target).output(registryStatusSchema),
};
