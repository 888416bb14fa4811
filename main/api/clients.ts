import { RegentError } from '../../shared/errors/index.ts';
import type { Credentials } from '../accounts/accounts.ts';
import type { RegistryHeaders } from '../accounts/headers/registry-headers.ts';
import type { Clock } from '../platform/clock.ts';
import type { LoginAnswer } from '../registry/auth/authorizer.ts';
import type { ContentStore } from '../registry/cache/content-store.ts';
import type { Viewer } from '../registry/cache/place-key.ts';
import { createRegistryClient, type RegistryClient } from '../registry/client.ts';
import type { KnownRegistries } from '../registry/known-registries.ts';
import type { ClientCertificate } from '../registry/transport/dial.ts';
import type { AskSystem } from '../registry/transport/proxy/find-proxy.ts';
import { createHearsay } from './hearsay.ts';

/** What clients need of the other domains. */
export interface ClientParts {
  /** Names the proxies of this machine; without it every way is direct. */
  readonly env?: NodeJS.ProcessEnv;
  /** Asked for the proxy where `env` names none. */
  readonly askSystemProxy?: AskSystem;
  readonly clock: Clock;
  readonly registries: KnownRegistries;
  /** The certificates, PEM, that Regent itself trusts for an address. */
  readonly materialFor: (address: string) => Promise<readonly string[]>;
  /** Whether the user has allowed an address to be spoken to without TLS. */
  readonly isPlainAllowed: (address: string) => Promise<boolean>;
  /** The certificate to show an address, with its key; null when there is none. */
  readonly introductionFor: (address: string) => Promise<ClientCertificate | null>;
  /** The origins of other servers that the user lets have the password for an address. */
  readonly tokenServersFor: (address: string) => Promise<readonly string[]>;
  /** The login in use for an address, told by something that changes with it; null when there is none. No secret. */
  readonly loginOf: (address: string) => Promise<string | null>;
  /** Who looks at a registry, by the login in use. */
  readonly viewerOf: (address: string) => Promise<Viewer>;
  /** What was seen before. */
  readonly content: Pick<ContentStore, 'at'>;
  readonly credentialsFor: (address: string) => Promise<Credentials | null>;
  /** What gates before registries want to see; without it, nothing is sent beside what every registry gets. */
  readonly headers?: Pick<RegistryHeaders, 'stateOf' | 'valuesFor'>;
  /** Remembers what a registry said to its login in use. */
  readonly noteAnswer: (address: string, username: string, answer: LoginAnswer) => Promise<void>;
}

/**
 * One registry client an address, kept for its connections. It is looked at each time whether trust, login and
 * scheme are still those it was made from: another process, such as `docker logout`, may have changed them.
 */
export interface RegistryClients {
  of(address: string): Promise<RegistryClient>;
  /**
   * Proves a login against the registry, with nothing kept.
   * @param tokenServer the origin of another server that may have this password, too
   */
  checkLogin(
    address: string,
    login: Credentials,
    signal: AbortSignal,
    tokenServer?: string,
  ): Promise<void>;
  /** Ends all connections, once everything heard has been remembered. */
  close(): Promise<void>;
}

/** A client, and all that it was made from. */
interface Open {
  /** How the registry is reached, and whom it is believed. */
  readonly way: string;
  /** Who asks. */
  readonly who: string;
  readonly client: RegistryClient;
}

/** Opens no connection yet. */
export function createRegistryClients(parts: ClientParts): RegistryClients {
  const open = new Map<string, Open>();
  const hearsay = createHearsay(parts);
  /** Those that were replaced, and end what they began: connections of which nobody makes use end by themselves. */
  const replaced = new Map<string, readonly RegistryClient[]>();
  const close = (address: string) => {
    const found = open.get(address);
    for (const client of [...(found ? [found.client] : []), ...(replaced.get(address) ?? [])]) {
      client.close().catch(() => undefined);
    }
    open.delete(address);
    replaced.delete(address);
  };
  const credentialsOf = async (viewer: Viewer): Promise<Credentials | null> => {
    const found = await parts.credentialsFor(viewer.address);
    // What one account was asked to do is not done by another, nor is what another sees kept as its own.
    const { user } = await parts.viewerOf(viewer.address);
    if (user === viewer.user) return found;
    throw new RegentError('ACCOUNT_SWITCHED', { address: viewer.address });
  };
  const makingsOf = async (address: string) => ({
    scheme: await schemeOf(parts, address),
    ca: await parts.materialFor(address),
    allowedRealms: await parts.tokenServersFor(address),
    login: await parts.loginOf(address),
    client: await parts.introductionFor(address),
    viewer: await parts.viewerOf(address),
    headers: (await parts.headers?.stateOf(address)) ?? null,
  });
  const connect = (
    address: string,
    {
      scheme,
      ca,
      client,
      login,
      viewer,
      allowedRealms,
      headers,
    }: Awaited<ReturnType<typeof makingsOf>>,
  ) =>
    createRegistryClient({
      ...{ address, scheme, allowedRealms },
      ...(parts.env ? { env: parts.env } : {}),
      ...(parts.askSystemProxy ? { askSystemProxy: parts.askSystemProxy } : {}),
      ...(headers === null
        ? {}
        : { headers: async () => (await parts.headers?.valuesFor(address)) ?? {} }),
      trust: { ca, client },
      credentials: () => credentialsOf(viewer),
      contentOf: (repository) => parts.content.at(viewer, repository),
      onAnswer: hearsay.listenerFor(address, login),
    });
  return {
    of: async (address) => {
      const makings = await makingsOf(address);
      const { client: shown, login, viewer, ...others } = makings;
      const way = JSON.stringify({ ...others, shown: shown?.cert });
      const who = JSON.stringify({ login, viewer });
      const found = open.get(address);
      if (found?.way === way && found.who === who) return found.client;
      // A login that is saved again, as for more rights, ends nothing that is under way; an end of trust does.
      if (found?.way === way) {
        replaced.set(address, [...(replaced.get(address) ?? []), found.client]);
      } else close(address);
      const client = connect(address, makings);
      open.set(address, { way, who, client });
      return client;
    },
    checkLogin: async (address, login, signal, tokenServer) => {
      const makings = await makingsOf(address);
      const asked = tokenServer === undefined ? [] : [tokenServer];
      const allowedRealms = [...makings.allowedRealms, ...asked];
      const client = connect(address, { ...makings, allowedRealms });
      try {
        await client.checkLogin(login, signal);
      } finally {
        await client.close();
      }
    },
    close: async () => {
      for (const address of new Set([...open.keys(), ...replaced.keys()])) close(address);
      await hearsay.settled();
    },
  };
}

/** How a registry is spoken to: as it was added, else over TLS unless plain HTTP was allowed for it. */
async function schemeOf(
  { registries, isPlainAllowed }: ClientParts,
  address: string,
): Promise<'http' | 'https'> {
  const known = (await registries.list()).find((registry) => registry.address === address);
  return known?.scheme ?? ((await isPlainAllowed(address)) ? 'http' : 'https');
}
