import * as z from 'zod';
import { localImageSchema } from '../model/image.ts';
import { procedure } from './procedure.ts';
import { transfersContract } from './transfers.ts';

/** Images in and out of the local engine, and from registries to elsewhere without one. */
export const imagesContract = {
  ...transfersContract,
  list: procedure.output(z.array(localImageSchema)),
  /** Starts a pull and answers at once; follow it with `tasks.watch`. */
  pull: procedure
    .input(z.object({ reference: z.string().max(1024), platform: z.string().max(64).optional() }))
    .output(z.object({ taskId: z.string() })),
};
