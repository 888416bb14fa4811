import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { registriesContract } from '../../shared/contract/registries.ts';
import { type Problem, problemOf } from '../../shared/errors/index.ts';
import { isRefusedLogin } from '../../shared/errors/refused-login.ts';
import type { RegistryStatus } from '../../shared/model/registry.ts';
import { forgetBrowsing } from './note-browsing.ts';
import type { Services } from './services.ts';

/** Serves the registries domain. */
export function registriesHandlers(services: Services): DomainHandlers<typeof registriesContract> {
  const { registries, trust, demo, headers } = services;
  return {
    probe: async ({ address, complete }, { signal }) => {
      const isGated = (await headers.stateOf(address)) !== null;
      return trust.probe(address, signal, { complete, isGated });
    },
    list: async () => [...(await registries.list())],
    add: async ({ address, scheme }) =>
      registries.add({ address, scheme, demo: await demo.isDemo(address) }),
    remove: async ({ address }) => {
      // They are of no use to anybody else, and nobody would find them.
      for (const { name } of await headers.list(address)) await headers.remove(address, name);
      const removed = await registries.remove(address);
      await forgetBrowsing(services, address);
      return { removed };
    },
    status: ({ address }, { signal }) => statusOf(services, address, signal),
  };
}

async function statusOf(
  { clients }: Services,
  address: string,
  signal: AbortSignal,
): Promise<RegistryStatus> {
  try {
    const client = await clients.of(address);
    const { username, api } = await client.ping(signal);
    return { address, state: 'ready', username, problem: null, api };
  } catch (error) {
    const problem = problemOf(error);
    return { address, state: stateOf(problem), username: null, problem, api: null };
  }
}

function stateOf(problem: Problem): RegistryStatus['state'] {
  const { code } = problem;
  if (code === 'SIGN_IN_REQUIRED' || code === 'IDENTITY_TOKEN_UNSUPPORTED') return 'signed-out';
  if (isRefusedLogin(problem)) return 'signed-out';
  if (code.startsWith('CERT_') || code === 'PLAIN_HTTP') return 'untrusted';
  if (code.startsWith('CONNECTION_') || code === 'HOST_UNKNOWN') return 'unreachable';
  return 'problem';
}
