import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import { RegentError } from '../../shared/errors/index.ts';
import { DOCKER_HUB } from '../../shared/model/docker-hub.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Authorizer, createAuthorizer, type LoginListener } from './auth/authorizer.ts';
import { type Credentials, createAccountSource } from './auth/credentials.ts';
import { fetchToken } from './auth/token.ts';
import { createTokenCache } from './auth/token-cache.ts';
import { limits, patience } from './limits.ts';
import { connectionError } from './transport/connection-errors.ts';
import { createConnector } from './transport/connector.ts';
import type { ClientCertificate } from './transport/dial.ts';
import { createExchange, type Exchange } from './transport/exchange.ts';
import { withGate } from './transport/host-gate.ts';
import { withOwnHeaders } from './transport/own-headers.ts';
import { createRouter } from './transport/proxy/absolute-form.ts';
import { type AskSystem, type FindProxy, proxyFinder } from './transport/proxy/find-proxy.ts';
import { withRedirects } from './transport/redirects.ts';
import { type Wait, withRetries } from './transport/retries.ts';
import { withStreamTurns } from './transport/stream-turns.ts';
import { loadSystemRoots } from './transport/system-roots.ts';

/** Where a registry is and how it may be talked to. */
export interface SessionOptions {
  /** `host[:port]`; `docker.io` is Docker Hub. */
  readonly address: string;
  readonly scheme: 'http' | 'https';
  /**
   * `ca`: PEM certificates that are trusted for this registry beside the machine's own. `client`: what to show
   * the registry, and nobody else, when it asks who is there.
   */
  readonly trust: { readonly ca: readonly string[]; readonly client?: ClientCertificate | null };
  /** Token servers on other hosts (`https://host[:port]`) that the user has accepted for this registry. */
  readonly allowedRealms?: readonly string[];
  /** Headers that this registry's own origin is sent, and nobody else: names in lower case, and values. Read once, when first needed. */
  readonly headers?: () => Promise<Readonly<Record<string, string>>>;
  /** The roots of this machine (PEM), read anew for each session unless they are handed in. */
  readonly systemRoots?: () => Promise<readonly string[]>;
  /** Names the proxies (`HTTPS_PROXY`, `NO_PROXY` …); without it every way is direct. */
  readonly env?: NodeJS.ProcessEnv;
  /** Asked for the proxy where `env` names none. */
  readonly askSystemProxy?: AskSystem;
  readonly clock?: Clock;
  readonly wait?: Wait;
}

/** Connections to one registry, over which several logins can speak. */
export interface Session {
  readonly address: string;
  readonly origin: URL;
  readonly clock: Clock;
  /** Waits before something is tried again. */
  readonly wait: Wait;
  /** Sends a request as it is: whatever proves who asks is the asker's to add. */
  readonly exchange: Exchange;
  /** Speaks with the login that the reader gives; tokens belong to that authorizer alone. */
  authorize(credentials: () => Promise<Credentials | null>, onAnswer?: LoginListener): Authorizer;
  /** Ends all connections; requests that are under way fail with `CANCELLED`, and so do later ones. */
  close(): Promise<void>;
}

/** Enough for browsing; a registry on a NAS is not asked for more at once. */
const SOCKETS = 16;
/** Of these, for what is downloaded. */
const STREAMS = 8;
const IDLE_MS = 30_000;

/** Opens a session; nothing is sent before the first request. */
export function openSession(options: SessionOptions): Session {
  const { address, scheme, clock = systemClock } = options;
  const origin = new URL(`${scheme}://${wireHost(address)}/`);
  const nameOf = (url: URL) => (url.host === origin.host ? address : url.host);
  const findProxy = proxyFinder(options.env ?? {}, options.askSystemProxy);
  let agent: Promise<Agent> | undefined;
  let isClosed = false;
  const pool = async (): Promise<Agent> => {
    if (isClosed) throw new RegentError('CANCELLED', { subject: address });
    agent ??= createAgent(options, origin, nameOf, findProxy).catch((error: unknown) => {
      agent = undefined;
      throw error;
    });
    return agent;
  };
  const wait = options.wait ?? ((ms, signal) => delay(ms, undefined, { signal }));
  const routeTo = createRouter(findProxy);
  const single = createExchange({ pool, nameOf, routeTo });
  const gated = withGate(single, { clock, wait, width: SOCKETS });
  const tried = withRetries(withStreamTurns(gated, STREAMS), wait, clock);
  const read = options.headers;
  const sent = read ? withOwnHeaders(tried, { origin, address, read }) : tried;
  const exchange = withRedirects(withNamedErrors(sent, nameOf), nameOf);
  return {
    address,
    origin,
    clock,
    wait,
    exchange,
    authorize: (credentials, onAnswer) =>
      createAuthorizer({
        ...{ exchange, onAnswer },
        accounts: createAccountSource(credentials),
        realmRules: { address, registry: origin, allowedOrigins: options.allowedRealms ?? [] },
        tokens: createTokenCache(
          (wanted, signal) => fetchToken(wanted, { address, exchange, clock }, signal),
          clock,
          address,
        ),
      }),
    close: async () => {
      isClosed = true;
      const opened = await agent?.catch(() => undefined);
      await opened?.destroy();
    },
  };
}

/** Docker Hub's API has another name than Docker Hub. */
function wireHost(address: string): string {
  return address === DOCKER_HUB ? 'registry-1.docker.io' : address;
}

async function createAgent(
  { systemRoots: readRoots = readSystemRoots, trust }: SessionOptions,
  origin: URL,
  nameOf: (url: URL) => string,
  findProxy: FindProxy,
): Promise<Agent> {
  const { ca, client } = trust;
  const isFor = ({ origin: other }: URL) => other === origin.origin;
  const introduction = client ? { ...client, isFor } : undefined;
  const systemRoots = await readRoots();
  const roots = [...systemRoots, ...ca];
  return new Agent({
    connect: createConnector({ roots, systemRoots, nameOf, introduction, findProxy }),
    connections: SOCKETS,
    keepAliveTimeout: IDLE_MS,
    bodyTimeout: patience.body,
    maxHeaderSize: limits.headers,
  });
}

const readSystemRoots = () => loadSystemRoots(process.env, process.platform);

/** Turns what Node and undici throw into errors of the closed list. */
function withNamedErrors(exchange: Exchange, nameOf: (url: URL) => string): Exchange {
  return (request) =>
    exchange(request).catch((error: unknown) => {
      const address = nameOf(request.url);
      if (request.signal.aborted) throw new RegentError('CANCELLED', { subject: address });
      throw connectionError(error, request.url, address, request.method);
    });
}
