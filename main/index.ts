import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../shared/contract/handlers.ts';
import { createAccounts } from './accounts/accounts.ts';
import { findHelperProgram } from './accounts/helper/find-helper-program.ts';
import { createHelperInstall } from './accounts/helper/helper-install.ts';
import { openKeychain } from './accounts/secrets/keychain.ts';
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
import { findPaths } from './platform/paths.ts';
import { runProcess } from './platform/run-process.ts';
import { createKnownRegistries } from './registry/known-registries.ts';
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
  const { env, platform, door, logError } = options;
  const clock = systemClock;
  const paths = findPaths(env, platform);
  const node = await findNode(env, platform);
  // A terminal's user has chosen this Node by name; what a window finds on the PATH must be root's own.
  const rootNode = node && (door.kind === 'terminal' || (await isRootsOwn(node))) ? node : null;
  const program = (name: string) => join(options.programs, name);

  const settings = openSettings(paths);
  door.applySettings(await settings.read());
  const registries = createKnownRegistries({ paths, clock });
  const accounts = createAccounts({ paths, clock, keychain: openKeychain() });
  const places = await userPlaces(env, platform, paths);
  const trust = createTrust({
    places,
    path: env.PATH ?? '',
    clock,
    elevate: createElevation({
      program: rootNode ? await elevatedProgram(rootNode, program('elevated.mjs')) : null,
      run: runProcess,
      env,
      terminal: door.kind === 'terminal' && hasTerminal(),
    }),
  });
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
  });
  const engine = createEngine({ env, paths });
  const tasks = createTasks({ clock, logError });
  const demo = createDemoSession(clock);
  const credentialsFor = async (address: string) =>
    (await demo.credentialsFor(address)) ?? (await accounts.credentialsFor(address));
  const clients = createRegistryClients({
    registries,
    credentialsFor,
    loginOf: async (address) => (await demo.loginOf(address)) ?? accounts.loginOf(address),
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
    ...{ clock, door, settings, registries, clients, trust, proveFor },
    ...{ accounts, helper, engine, tasks, demo, credentialsFor },
  };
  return {
    handlers: createHandlers(services),
    dispose: async () => {
      await tasks.dispose();
      await endDemo(services);
      await clients.close();
    },
  };
}
