import { gotThrough } from '../../shared/errors/got-through.ts';
import { type Problem, problemOf, RegentError } from '../../shared/errors/index.ts';
import type { RegistryClients } from './clients.ts';

/**
 * Whether Regent's own client gets through to a registry: a registry that wants a login was reached, too.
 * @returns null when it does
 * @throws RegentError `CANCELLED`
 */
export async function askOwnClient(
  clients: RegistryClients,
  address: string,
  signal?: AbortSignal,
): Promise<Problem | null> {
  try {
    const client = await clients.of(address);
    await client.ping(signal ?? new AbortController().signal);
    return null;
  } catch (error) {
    if (error instanceof RegentError && error.code === 'CANCELLED') throw error;
    const problem = problemOf(error);
    return gotThrough(problem) ? null : problem;
  }
}
