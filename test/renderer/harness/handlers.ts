import type { Handlers } from '../../../shared/contract/handlers.ts';
import { errorFromProblem, problem, problemOf, RegentError } from '../../../shared/errors/index.ts';
import { accountHandlers } from './account-handlers.ts';
import { caFingerprint } from './certificates.ts';
import { changeHandlers } from './change-handlers.ts';
import { fileHandlers } from './file-handlers.ts';
import { findingHandlers, ownHubRepositories } from './finding-handlers.ts';
import { headerHandlers } from './header-handlers.ts';
import { asFirstGeneration, documentOf, imageDetails, referrersOf } from './image-details.ts';
import { localImages, tagDetail, tagNames } from './images.ts';
import { cacheHandlers, keptHandlers } from './kept-handlers.ts';
import { pause } from './pause.ts';
import { probe } from './probe.ts';
import { serverAt } from './servers.ts';
import { trustHandlers } from './trust-handlers.ts';
import { demoAddress, someTime, type World } from './world.ts';

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
    accounts: accountHandlers(world),
    headers: headerHandlers(),
    repositories: {
      ...keptHandlers(world),
      ...fileHandlers(),
      ...findingHandlers(world),
      ...changeHandlers,
      list: async function* ({ address }, { signal }) {
        const found = repositoriesAt(world, address);
        // Long enough to see what was kept.
        const pace = serverAt(address).kept ? 700 : 50;
        for (let at = 0; at === 0 || at < found.length; at += 500) {
          await pause(pace, signal);
          yield { repositories: found.slice(at, at + 500) };
        }
      },
      tags: ({ address, repository }) => {
        throwUnlessLetIn(world, address);
        throwIfAway(address);
        world.recents = [
          { address, repository, at: someTime },
          ...world.recents.filter((one) => one.repository !== repository),
        ];
        return { repository, tags: [...tagNames(repository)] };
      },
      tag: async ({ address, repository, tag }, { signal }) => {
        await pause(40, signal);
        throwIfAway(address);
        const detail = tagDetail(repository, tag);
        // In place of a digest, its registry knows an id.
        return serverAt(address).api === 'v1'
          ? { ...detail, digest: detail.digest.replace('sha256:', '') }
          : detail;
      },
      inspect: async ({ address, repository, reference, platform }, { signal }) => {
        await pause(40, signal);
        throwUnlessLetIn(world, address);
        throwIfAway(address);
        const details = imageDetails(repository, reference, platform);
        return serverAt(address).api === 'v1' ? asFirstGeneration(details) : details;
      },
      document: ({ digest }) => documentOf(digest),
      referrers: ({ repository }) => ({ referrers: referrersOf(repository) }),
    },
    images: {
      list: () => {
        if (world.scenario.engine === 'absent') throw errorFromProblem(absent);
        return localImages;
      },
      pull: ({ reference }) => {
        if (world.scenario.engine === 'absent') throw errorFromProblem(absent);
        return { taskId: world.tasks.start(reference, refusalOf(world, reference)) };
      },
      save: ({ address, repository, reference }) => {
        const name = `${address}/${repository}:${reference}`;
        return { taskId: world.tasks.start(name, null, 'save') };
      },
      copy: ({ target, reference }) => {
        const name = `${target.address}/${target.repository}:${target.tag ?? reference}`;
        return { taskId: world.tasks.start(name, null, 'copy') };
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
      ...cacheHandlers(),
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
      signIn: () => world.accounts.save(demoAddress, 'demo'),
      stop: () => ({ stopped: true }),
    },
  };
}

function repositoriesAt(world: World, address: string): readonly string[] {
  if (address === 'docker.io') return ownHubRepositories(world);
  const { repositories, verdict } = serverAt(address);
  if (!Array.isArray(repositories)) {
    throw errorFromProblem(repositories as Exclude<typeof repositories, readonly string[]>);
  }
  if (verdict !== 'trusted' && !world.trusts.has(address)) {
    throw new RegentError('CERT_UNTRUSTED', { address });
  }
  throwUnlessLetIn(world, address);
  return repositories;
}

/** A registry that doesn't answer doesn't for anything. */
function throwIfAway(address: string): void {
  const { repositories } = serverAt(address);
  if (!('code' in repositories) || repositories.code !== 'CONNECTION_REFUSED') return;
  throw errorFromProblem(repositories);
}

/** What the registry itself would say to the account in use. */
function throwUnlessLetIn(world: World, address: string): void {
  if (serverAt(address).auth.kind === 'none') return;
  const account = world.accounts.inUse(address);
  if (world.store.file?.locked) throw new RegentError('STORE_LOCKED', { address });
  if (!account) throw new RegentError('SIGN_IN_REQUIRED', { address });
  if (account.refusedAt === null) return;
  throw new RegentError('CREDENTIALS_REJECTED', { address, username: account.username });
}

/** What the engine says of a pull with a login that the registry no longer takes. */
function refusalOf(world: World, reference: string) {
  const [address = ''] = reference.split('/');
  if ((world.accounts.inUse(address)?.refusedAt ?? null) === null) return null;
  const message = 'unauthorized: authentication required';
  return problem('ENGINE_SIGNED_OUT', { address, message });
}

function statusOf(world: World, address: string) {
  const username = world.accounts.inUse(address)?.username ?? null;
  if (serverAt(address).verdict !== 'trusted' && !world.trusts.has(address)) {
    const untrusted = problem('CERT_UNTRUSTED', { address });
    return { address, state: 'untrusted' as const, username: null, problem: untrusted, api: null };
  }
  try {
    throwUnlessLetIn(world, address);
    const { api = 'v2' as const } = serverAt(address);
    return { address, state: 'ready' as const, username, problem: null, api };
  } catch (error) {
    const told = problemOf(error);
    return { address, state: 'signed-out' as const, username: null, problem: told, api: null };
  }
}
