import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { imagesContract } from '../../shared/contract/images.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { formatReference, parseReference } from '../../shared/model/reference.ts';
import { checkAside } from './check-account.ts';
import type { Services } from './services.ts';
import { transfersHandlers } from './transfers.ts';

/** Serves the images domain. */
export function imagesHandlers(services: Services): DomainHandlers<typeof imagesContract> {
  const { engine, tasks, credentialsFor } = services;
  return {
    ...transfersHandlers(services),
    list: async () => [...(await engine.listImages())],
    pull: async ({ reference: text, platform }) => {
      const reference = parseReference(text);
      // Asked here and not in the task: a locked keychain is said before anything starts.
      const auth = await credentialsFor(reference.registry);
      const name = formatReference(reference);
      const taskId = tasks.start('pull', name, async ({ signal, report }) => {
        try {
          return await engine.pull(name, {
            auth,
            signal,
            onProgress: report,
            ...(platform === undefined ? {} : { platform }),
          });
        } catch (error) {
          const isRefused = error instanceof RegentError && error.code === 'ENGINE_SIGNED_OUT';
          if (isRefused && auth) {
            await checkAside(services, reference.registry, auth.username, signal);
          }
          // Engines say of such a registry only that they don't understand it.
          if (await isFirstGeneration(services, reference.registry, signal)) {
            throw new RegentError('REGISTRY_IS_V1', { address: reference.registry }, error);
          }
          throw error;
        }
      });
      return { taskId };
    },
  };
}

async function isFirstGeneration(
  { clients }: Services,
  address: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const client = await clients.of(address);
    return (await client.ping(signal)).api === 'v1';
  } catch {
    return false;
  }
}
