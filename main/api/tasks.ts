import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { tasksContract } from '../../shared/contract/tasks.ts';
import type { Services } from './services.ts';

/** Serves the tasks domain. */
export function tasksHandlers({ tasks }: Services): DomainHandlers<typeof tasksContract> {
  return {
    watch: async function* (_, { signal }) {
      for await (const snapshot of tasks.watch(signal)) yield [...snapshot];
    },
    cancel: ({ id }) => ({ cancelled: tasks.cancel(id) }),
    clear: () => ({ cleared: tasks.clear() }),
  };
}
