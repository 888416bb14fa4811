import type { engineContract } from '../../shared/contract/engine.ts';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { Services } from './services.ts';

/** Serves the engine domain. */
export function engineHandlers({ engine }: Services): DomainHandlers<typeof engineContract> {
  return { status: () => engine.status() };
}
