import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { taskSchema } from '../model/task.ts';
import { procedure } from './procedure.ts';

const target = z.object({ id: z.string() });

/** Long work. */
export const tasksContract = {
  /** Snapshots of all tasks, newest first, at once and then at each change, at most 10 a second. */
  watch: procedure.output(eventIterator(z.array(taskSchema))),
  cancel: procedure.input(target).output(z.object({ cancelled: z.boolean() })),
  /** Forgets tasks that have ended. */
  clear: procedure.output(z.object({ cleared: z.number() })),
};
