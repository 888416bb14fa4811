import type { Handlers } from '../../../shared/contract/handlers.ts';
import { errorFromProblem, problem, RegentError } from '../../../shared/errors/index.ts';
import { caFingerprint } from './certificates.ts';
import { localImages, tagDetail, tagNames } from './images.ts';
import { pause } from './pause.ts';
import { probe } from './probe.ts';
import { serverAt } from './servers.ts';
import { trustHandlers } from './trust-handlers.ts';
import { accountFor, demoAddress, someTime, type World } from './world.ts';

/** The only password that the imagined registries accept. */
export const rightPassword = 'correct horse';

const absent = problem('ENGINE_ABSENT', { tried: ['unix:///var/run/docker.sock'] });

/** Serves the whole contract from an imagined world. */
export function createHandlers(world: World): Handlers {
  const isTrusted = (address: string) => world.trusts.has(address);
  return {
    registries: {
      probe: ({ address, complete }, { signal }) =>
        probe({ address, isTrusted: isTrusted(address), complete: complete ?? false }, signal),
      list: () => [...world.registries.values()],
      add: ({ address, scheme }) => {
        const registry = { address, scheme, addedAt: someTime, demo: address === demoAddress };
        world.registries.set(address, registry);
        return registry;
      },
      remove: ({ address }) => ({ removed: world.registries.delete(address) }),
      status: ({ address }) => statusOf(world, address),
    },
    trust: trustHandlers(world),
    accounts: {
      list: () => [...world.accounts.values()],
      login: async ({ address, username, password }) => {
        await pause(200);
        if (password !== rightPassword) {
          throw new RegentError('CREDENTIALS_REJECTED', { address, username });
        }
        const account = accountFor(address, username);
        world.accounts.set(address, account);
        return account;
      },
      logout: ({ address }) => ({ address, removed: world.accounts.delete(address) }),
      keychain: () => ({ state: 'ready', name: 'Secret Service', problem: null }),
      helperStatus: () => world.helper,
      helperInstall: ({ addresses }) => {
        const routes = addresses ?? [...world.accounts.keys()];
        world.helper = {
          ...world.helper,
          installed: true,
          path: '/home/ada/.local/bin/docker-credential-regent',
          routes: [...new Set([...world.helper.routes, ...routes])],
        };
        return world.helper;
      },
      helperUninstall: () => {
        world.helper = { ...world.helper, installed: false, path: null, routes: [] };
        return world.helper;
      },
    },
    repositories: {
      list: async function* ({ address }, { signal }) {
        const found = repositoriesAt(world, address);
        for (let at = 0; at === 0 || at < found.length; at += 500) {
          await pause(50, signal);
          yield { repositories: found.slice(at, at + 500) };
        }
      },
      tags: ({ repository }) => ({ repository, tags: [...tagNames(repository)] }),
      tag: async ({ repository, tag }, { signal }) => {
        await pause(40, signal);
        return tagDetail(repository, tag);
      },
    },
    images: {
      list: () => {
        if (world.scenario.engine === 'absent') throw errorFromProblem(absent);
        return localImages;
      },
      pull: ({ reference }) => {
        if (world.scenario.engine === 'absent') throw errorFromProblem(absent);
        return { taskId: world.tasks.start(reference) };
      },
    },
    engine: {
      status: () =>
        world.scenario.engine === 'absent'
          ? { state: 'absent', problem: absent }
          : {
              state: 'ready',
              endpoint: 'unix:///var/run/docker.sock',
              name: 'Docker Engine',
              version: '27.3.1',
              apiVersion: '1.47',
              local: true,
              imageStore: 'classic',
            },
    },
    tasks: {
      watch: (_, { signal }) => world.tasks.watch(signal),
      cancel: ({ id }) => ({ cancelled: world.tasks.cancel(id) }),
      clear: () => ({ cleared: world.tasks.clear() }),
    },
    settings: {
      get: () => ({
        settings: world.settings,
        locale: world.settings.language === 'system' ? 'en' : world.settings.language,
      }),
      set: (settings) => {
        world.settings = settings;
        return { settings };
      },
      copyText: ({ text }) => {
        world.copied = text;
        return { copied: true };
      },
    },
    demo: {
      start: async () => {
        await pause(150);
        return { address: demoAddress, username: 'demo', sha256: caFingerprint };
      },
      signIn: () => {
        const account = accountFor(demoAddress, 'demo');
        world.accounts.set(demoAddress, account);
        return account;
      },
      stop: () => ({ stopped: true }),
    },
  };
}

function repositoriesAt(world: World, address: string): readonly string[] {
  const { repositories, verdict, auth } = serverAt(address);
  if (!Array.isArray(repositories)) {
    throw errorFromProblem(repositories as Exclude<typeof repositories, readonly string[]>);
  }
  if (verdict !== 'trusted' && !world.trusts.has(address)) {
    throw new RegentError('CERT_UNTRUSTED', { address });
  }
  if (auth.kind !== 'none' && !world.accounts.has(address)) {
    throw new RegentError('SIGN_IN_REQUIRED', { address });
  }
  return repositories;
}

function statusOf(world: World, address: string) {
  const { verdict, auth } = serverAt(address);
  const username = world.accounts.get(address)?.username ?? null;
  if (verdict !== 'trusted' && !world.trusts.has(address)) {
    const untrusted = problem('CERT_UNTRUSTED', { address });
    return { address, state: 'untrusted' as const, username, problem: untrusted };
  }
  if (auth.kind !== 'none' && username === null) {
    return { address, state: 'signed-out' as const, username, problem: null };
  }
  return { address, state: 'ready' as const, username, problem: null };
}
