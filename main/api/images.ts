import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { imagesContract } from '../../shared/contract/images.ts';
import { formatReference, parseReference } from '../../shared/model/reference.ts';
import type { Services } from './services.ts';

/** Serves the images domain. */
export function imagesHandlers({
  engine,
  tasks,
  credentialsFor,
}: Services): DomainHandlers<typeof imagesContract> {
  return {
    list: async () => [...(await engine.listImages())],
    pull: async ({ reference: text, platform }) => {
      const reference = parseReference(text);
      // Asked here and not in the task: a locked keychain is said before anything starts.
      const auth = await credentialsFor(reference.registry);
      const name = formatReference(reference);
      const taskId = tasks.start('pull', name, ({ signal, report }) =>
        engine.pull(name, {
          auth,
          signal,
          onProgress: report,
          ...(platform === undefined ? {} : { platform }),
        }),
      );
      return { taskId };
    },
  };
}
