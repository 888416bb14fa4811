import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../shared/contract/handlers.ts';
import { createAccounts } from './accounts/accounts.ts';
import { createRegistryHeaders } from './accounts/headers/registry-headers.ts';
import { findHelperProgram } from './accounts/helper/find-helper-program.ts';
import { createHelperInstall } from './accounts/helper/helper-install.ts';
import { createLoginImport } from './accounts/import/create-login-import.ts';
import type { LoginImport } from './accounts/import/login-import.ts';
import { routeImported } from './accounts/import/route-imported.ts';
import { agentHere, agentProgram } from './accounts/secrets/agent/start-agent.ts';
import { createSecretStore } from './accounts/secrets/create-secret-store.ts';
import { openKeychain } from './accounts/secrets/keychain.ts';
import { openSecretStore } from './accounts/secrets/open-secret-store.ts';
import { askOwnClient } from './api/ask-own-client.ts';
import { createRegistryClients } from './api/clients.ts';
import { endDemo } from './api/demo.ts';
import { createDemoSession } from './api/demo-session.ts';
import type { Door } from './api/door.ts';
import { createHandlers } from './api/handlers.ts';
import type { Services } from './api/services.ts';
import { openSettings } from './api/settings.ts';
import { createEngine } from './engine/create-engine.ts';
import { systemClock } from './platform/clock.ts';
import { createElevation, type ElevatedProgram, hasTerminal } from './platform/elevation.ts';
import { findNode, isRootsOwn } from './platform/find-node.ts';
import { createLoginPath } from './platform/login-path.ts';
import { findPaths } from './platform/paths.ts';
import { runProcess } from './platform/run-process.ts';
import { createContentStore } from './registry/cache/content-store.ts';
import { createKeptLists } from './registry/cache/kept-lists.ts';
import { createKnownRegistries } from './registry/known-registries.ts';
import { openRepositoryMarks } from './registry/marks.ts';
import { openTokenServers } from './registry/token-servers.ts';
import { type AskSystem, proxyFinder } from './registry/transport/proxy/find-proxy.ts';
import { createProxyWays } from './registry/transport/proxy/proxy-ways.ts';
import { loadSystemRoots } from './registry/transport/system-roots.ts';
import { createTasks } from './tasks/create-tasks.ts';
import { createConsumerProof } from './trust/proof/consumer-proof.ts';
import { userPlaces } from './trust/targets/user-places.ts';
import { createTrust } from './trust/trust.ts';

/** What the services are built from. */
export interface RegentOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly door: Door;
  /** Folder of the built programs: the credential helper and the elevated step lie in it. */
  readonly programs: string;
  /** Asks the system's own settings for the proxy to an URL, where no variable of the environment names one. */
  readonly askSystemProxy?: AskSystem;
  /** Receives errors that are not meant for people. */
  readonly logError: (error: unknown) => void;
}

/** Regent without a door. */
export interface Regent {
  readonly handlers: Handlers;
  /** Cancels running work, ends the demo and closes all connections. */
  dispose(): Promise<void>;
}

/** The step that runs as root; its text is kept from the start on where somebody else could change its file later. */
async function elevatedProgram(node: string, script: string): Promise<ElevatedProgram | null> {
  if (await isRootsOwn(script)) return { node, script, code: null };
  const code = await readFile(script, 'utf8').catch(() => undefined);
  return code === undefined ? null : { node, script, code };
}

/** The composition root: builds every service once and binds them to the contract. */
export async function createRegent(options: RegentOptions): Promise<Regent> {
  const { env, platform, door, logError, askSystemProxy } = options;
  const findProxy = proxyFinder(env, askSystemProxy);
  const clock = systemClock;
  const paths = findPaths(env, platform);
  const node = await findNode(env, platform);
  // A terminal's user has chosen this Node by name; what a window finds on the PATH must be root's own.
  const rootNode = node && (door.kind === 'terminal' || (await isRootsOwn(node))) ? node : null;
  const program = (name: string) => join(options.programs, name);

  const settings = openSettings(paths);
  door.applySettings(await settings.read());
  const registries = createKnownRegistries({ paths, clock });
  const secrets = { env, data: paths.data, keychain: openKeychain() };
  const keychain = openSecretStore(secrets);
  const accounts = createAccounts({ paths, clock, keychain });
  const headers = createRegistryHeaders({ paths, clock, keychain });
  const secretStore = createSecretStore({
    ...{ ...secrets, platform, clock },
    // Whatever Node the PATH of a window names must not be handed a passphrase.
    agent:
      node && door.kind === 'terminal' ? agentProgram(node, program('agent.mjs')) : agentHere(),
  });
  const places = await userPlaces(env, platform, paths);
  const trust = createTrust({
    places,
    path: env.PATH ?? '',
    clock,
    findProxyWay: createProxyWays(findProxy, () => loadSystemRoots(env, platform)),
    elevate: createElevation({
      program: rootNode ? await elevatedProgram(rootNode, program('elevated.mjs')) : null,
      run: runProcess,
      env,
      terminal: door.kind === 'terminal' && hasTerminal(),
    }),
  });
  // A window's own PATH is not the one of the terminal in which docker is started.
  const findPath =
    door.kind === 'window'
      ? createLoginPath({ env, platform, run: runProcess, clock })
      : async () => env.PATH ?? '';
  const helper = createHelperInstall({
    paths,
    installer: {
      home: paths.home,
      path: env.PATH ?? '',
      isRoot: process.getuid?.() === 0,
      systemFolder: '/usr/local/bin',
    },
    program: await findHelperProgram(options.programs, node, platform),
    listAddresses: async () => (await accounts.list()).map(({ address }) => address),
    findLogins: (signal) => imports.find(signal),
    machine: { env, platform, uid: process.getuid?.(), run: runProcess },
    findPath,
  });
  const imports: LoginImport = createLoginImport({
    ...{ paths, env, platform, accounts, findPath, run: runProcess, uid: process.getuid?.() },
    route: (address) => routeImported(helper, address),
  });
  const engine = createEngine({ env, paths });
  const tasks = createTasks({ clock, logError });
  const demo = createDemoSession(clock);
  const credentialsFor = async (address: string) =>
    (await demo.credentialsFor(address)) ?? (await accounts.credentialsFor(address));
  const tokenServers = openTokenServers(paths);
  const content = createContentStore({ cache: paths.cache, clock });
  const kept = createKeptLists({ cache: paths.cache, clock });
  const marks = openRepositoryMarks({ paths, clock });
  const viewerOf = async (address: string) => ({
    address,
    user: (await demo.loginOf(address)) ?? (await accounts.userOf(address)),
  });
  const clients = createRegistryClients({
    ...(askSystemProxy ? { askSystemProxy } : {}),
    ...{ env, clock, registries, credentialsFor, viewerOf, content, headers },
    noteAnswer: (address, username, answer) =>
      accounts.noteAnswer(address, username, answer, 'to-the-hour'),
    loginOf: async (address) => (await demo.loginOf(address)) ?? accounts.loginOf(address),
    tokenServersFor: (address) => tokenServers.acceptedFor(address),
    materialFor: (address) => trust.materialFor(address),
    introductionFor: (address) => trust.introductionFor(address),
    isPlainAllowed: async (address) => (await trust.standingOf(address)).plainHttp,
  });
  const proveFor = createConsumerProof({
    ...{ run: runProcess, env, places, isRoot: process.getuid?.() === 0 },
    askEngine: async (consumer, address, question) =>
      engine.prove(consumer, address, { ...question, auth: await credentialsFor(address) }),
    askRegent: (address, signal) => askOwnClient(clients, address, signal),
  });
  const services: Services = {
    ...{ clock, door, settings, registries, clients, tokenServers, trust, proveFor },
    ...{ content, kept, marks, viewerOf, cachePath: paths.cache },
    ...{ accounts, headers, helper, imports, secretStore, engine, tasks, demo, credentialsFor },
  };
  return {
    handlers: createHandlers(services),
    dispose: async () => {
      await tasks.dispose();
      await endDemo(services);
      await secretStore.dispose();
      await clients.close();
      await Promise.all([content.settled(), kept.settled()]);
    },
  };
}
