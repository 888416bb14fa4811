import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import { pause } from './pause.ts';
import type { World } from './world.ts';

type Finding = Pick<Handlers['repositories'], 'find' | 'namespaces' | 'ofNamespace'>;

const names = ['postgres', 'postgres-exporter', 'postgrest', 'redis', 'nginx'];
const hits = names.map((name) => ({
  name: name.includes('-') ? `prometheuscommunity/${name}` : `library/${name}`,
  description: `The ${name} image, ready to run, with everything that a small server needs`,
}));
const own = ['ada', 'acme'];

/** What the login has on the imagined Docker Hub. */
export function ownHubRepositories(world: World): readonly string[] {
  if (!world.accounts.inUse('docker.io')) {
    throw new RegentError('NAMESPACE_NEEDED', { address: 'docker.io' });
  }
  return own.flatMap((namespace) => namesIn(namespace));
}

const namesIn = (namespace: string) =>
  ['api', 'web', 'worker'].map((name) => `${namespace}/${name}`);

/** Serves the imagined Docker Hub's web API. */
export function findingHandlers(world: World): Finding {
  return {
    find: async ({ address, query }, { signal }) => {
      await pause(50, signal);
      if (query === 'limited') throw new RegentError('RATE_LIMITED', { address, seconds: 600 });
      const repositories = hits.filter(({ name }) => name.includes(query));
      return { repositories, isComplete: query !== 'postgres' };
    },
    namespaces: () => ({ namespaces: world.accounts.inUse('docker.io') ? own : [] }),
    ofNamespace: async function* ({ namespace }, { signal }) {
      await pause(50, signal);
      yield { repositories: namespace === 'nobody' ? [] : namesIn(namespace) };
    },
  };
}
