import type { Credentials } from '../accounts/accounts.ts';
import { createRegistryClient, type RegistryClient } from '../registry/client.ts';
import type { KnownRegistries } from '../registry/known-registries.ts';

/** What clients need of the other domains. */
export interface ClientParts {
  readonly registries: KnownRegistries;
  /** The certificates, PEM, that Regent itself trusts for an address. */
  readonly materialFor: (address: string) => Promise<readonly string[]>;
  readonly credentialsFor: (address: string) => Promise<Credentials | null>;
}

/** One registry client an address, kept for its connections until trust or login change. */
export interface RegistryClients {
  of(address: string): Promise<RegistryClient>;
  /** Proves a login against the registry, with nothing kept. */
  checkLogin(address: string, login: Credentials, signal: AbortSignal): Promise<void>;
  /** Lets go of the connections and tokens of an address. */
  forget(address: string): void;
  close(): Promise<void>;
}

/** Opens no connection yet. */
export function createRegistryClients(parts: ClientParts): RegistryClients {
  const open = new Map<string, Promise<RegistryClient>>();
  const connect = async (address: string): Promise<RegistryClient> => {
    const [scheme, ca] = await Promise.all([
      schemeOf(parts.registries, address),
      parts.materialFor(address),
    ]);
    return createRegistryClient({
      address,
      scheme,
      trust: { ca },
      credentials: () => parts.credentialsFor(address),
    });
  };
  const of = (address: string) => {
    const found = open.get(address) ?? connect(address);
    open.set(address, found);
    return found;
  };
  const forget = (address: string) => {
    const found = open.get(address);
    open.delete(address);
    found?.then((client) => client.close()).catch(() => undefined);
  };
  return {
    of,
    forget,
    checkLogin: async (address, login, signal) => {
      const client = await connect(address);
      try {
        await client.checkLogin(login, signal);
      } finally {
        await client.close();
      }
    },
    close: async () => {
      for (const address of [...open.keys()]) forget(address);
    },
  };
}

/** How a registry is spoken to: as it was added, over TLS when it was not. */
async function schemeOf(registries: KnownRegistries, address: string): Promise<'http' | 'https'> {
  const known = (await registries.list()).find((registry) => registry.address === address);
  return known?.scheme ?? 'https';
}
