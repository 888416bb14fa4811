import { engineStatusSchema } from '../model/image.ts';
import { procedure } from './procedure.ts';

/** The container engine of this machine. */
export const engineContract = {
  status: procedure.output(engineStatusSchema),
};
