import * as z from 'zod';
import { localImageSchema } from '../model/image.ts';
import { procedure } from './procedure.ts';

/** Images in and out of the local engine. */
export const imagesContract = {
  list: procedure.output(z.array(localImageSchema)),
  /** Starts a pull and answers at once; follow it with `tasks.watch`. */
  pull: procedure
    .input(z.object({ reference: z.string().max(1024), platform: z.string().max(64).optional() }))
    .output(z.object({ taskId: z.string() })),
};
