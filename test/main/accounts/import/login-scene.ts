import { readFileSync, rmSync } from 'node:fs';
import type { Finished } from '../../../lab/index.ts';
import {
  type LabEngine,
  type LabKeychain,
  putCertificate,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startKeychain,
} from '../../../lab/index.ts';
import type { ImportLab } from './import-lab.ts';
import { never } from './import-world.ts';

const certificates = '/etc/docker/certs.d';

/** What a suite with a scene needs of the lab. */
export const sceneNeeds = ['engine', 'registry', 'keychain', 'busybox'] as const;

/** An engine that trusts a registry, and a keychain that this process uses. */
export interface LoginScene {
  readonly engine: LabEngine;
  readonly registry: SharedRegistry;
  readonly keychain: LabKeychain;
  stop(): Promise<void>;
}

/** Sets the scene. */
export async function startLoginScene(): Promise<LoginScene> {
  const engine = await sharedEngine();
  const registry = await sharedRegistry('tls-login');
  const keychain = await startKeychain();
  process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
  putCertificate(certificates, registry);
  return {
    ...{ engine, registry, keychain },
    stop: async () => {
      rmSync(`${certificates}/${registry.address}`, { recursive: true, force: true });
      delete process.env.DBUS_SESSION_BUS_ADDRESS;
      await keychain.stop();
    },
  };
}

/** What a person does there with docker and Regent. */
export interface LoginDeeds {
  login(): Promise<Finished>;
  /** Pulls an image that the engine does not have. */
  pull(): Promise<Finished>;
  install(): Promise<unknown>;
  uninstall(): Promise<unknown>;
  /** docker's settings as they are now. */
  configJson(): unknown;
}

/** The deeds of the person whose lab it is. */
export function deedsOf(lab: ImportLab, { registry }: LoginScene): LoginDeeds {
  const { address, username, password } = registry;
  const image = `${address}/team/hello:1.0`;
  const { accounts } = lab.regent.handlers;
  return {
    login: () => lab.docker(['login', address, '-u', username, '--password-stdin'], password),
    pull: async () => {
      await lab.docker(['rmi', '--force', image]);
      return lab.docker(['pull', image]);
    },
    install: async () => accounts.helperInstall({}, { signal: never }),
    uninstall: async () => accounts.helperUninstall(undefined, { signal: never }),
    configJson: () => JSON.parse(readFileSync(lab.config, 'utf8')),
  };
}
