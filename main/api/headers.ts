import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { headersContract } from '../../shared/contract/headers.ts';
import type { Services } from './services.ts';

/** Serves the headers domain. */
export function headersHandlers({ headers }: Services): DomainHandlers<typeof headersContract> {
  return {
    list: async ({ address }) => [...(await headers.list(address))],
    set: ({ address, name, value }) => headers.set(address, name, value),
    remove: async ({ address, name }) => ({ removed: await headers.remove(address, name) }),
  };
}
