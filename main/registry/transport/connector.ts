import type { Socket } from 'node:net';
import { createSecureContext, type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { patience } from '../limits.ts';
import { certificateError, nameError } from './certificate-errors.ts';
import { isToldUrls } from './proxy/absolute-form.ts';
import type { FindProxy, WebProxy } from './proxy/find-proxy.ts';
import { openTunnel, proxyError } from './proxy/open-tunnel.ts';
import { namesInclude, readServerNames } from './server-names.ts';

/** A certificate to show one server, with its key. PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** For whom a client certificate is: it is shown to nobody else, as a password would be. */
interface Introduction extends ClientCertificate {
  readonly isFor: (url: URL) => boolean;
}

/** By what a connection is made. Certificates are PEM. */
export interface ConnectorMeans {
  /** Whom to trust. */
  readonly roots: readonly string[];
  /** Whom to trust as a proxy. */
  readonly systemRoots: readonly string[];
  /** What people call the server, from its URL. */
  readonly nameOf: (url: URL) => string;
  /** A client certificate, and to whom it is shown. */
  readonly introduction?: Introduction | undefined;
  readonly findProxy: FindProxy;
}

/**
 * Connects to servers whose chain leads to one of the roots and whose alternative names include the host: there
 * is no other way through, nor through a proxy. A root may be any certificate, also a server's own or an intermediate
 * one, as for Go. Certificate and proxy problems arrive as RegentErrors, everything else as Node's or undici's.
 */
export function createConnector(means: ConnectorMeans): buildConnector.connector {
  const { roots, nameOf, introduction, findProxy } = means;
  // A context of many roots takes a while to build: only where TLS is spoken.
  const strange = once(() => connectWith(roots));
  const known = once(() => connectWith(roots, introduction));
  const toProxy = once(() => connectWith(means.systemRoots));
  const plain = buildConnector(dialing);
  const begin: buildConnector.connector = (options, callback) => {
    if (options.protocol !== 'https:') return plain(options, callback);
    const connect = introduction?.isFor(urlOf(options)) ? known() : strange();
    let peer: DetailedPeerCertificate | undefined;
    const socket: unknown = connect(options, (...[error, connected]) => {
      if (connected) return callback(null, connected);
      const address = nameOf(urlOf(options));
      callback(certificateError(error, address, peer) ?? error, null);
    });
    // Node closes the socket before it reports a bad chain; this is the last moment to see which part is at fault.
    if (socket instanceof TLSSocket) {
      socket.prependOnceListener('secure', () => {
        peer = socket.getPeerCertificate(true);
      });
    }
  };
  const beginThrough = async (
    proxy: WebProxy,
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): Promise<void> => {
    const socket = await reach(proxy, proxy.kind === 'https' ? toProxy() : plain);
    if (isToldUrls(proxy, urlOf(options))) return callback(null, socket);
    const { hostname, protocol } = options;
    const port = Number(options.port || (protocol === 'https:' ? 443 : 80));
    const tunnel = await openTunnel(proxy, socket, { host: hostname, port });
    if (protocol === 'https:') begin({ ...options, httpSocket: tunnel }, callback);
    else callback(null, tunnel);
  };
  return (options, callback) => {
    try {
      const proxy = findProxy(urlOf(options));
      if (!proxy) return begin(options, callback);
      beginThrough(proxy, options, callback).catch((error: Error) => callback(error, null));
    } catch (error) {
      callback(error as Error, null);
    }
  };
}

/** Connects to a proxy itself. */
function reach(proxy: WebProxy, connect: buildConnector.connector): Promise<Socket> {
  const { kind, host, port } = proxy;
  const protocol = kind === 'https' ? 'https:' : 'http:';
  const target = { hostname: host, host, protocol, port: String(port) };
  return new Promise((resolve, reject) => {
    connect(target, (...[error, socket]) => {
      if (socket) resolve(socket);
      else reject(proxyError(error, proxy));
    });
  });
}

/** A host's next address is tried when one does not answer for a while; Node's own 250 ms cut off slow links. */
const dialing = {
  timeout: patience.connect,
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: patience.nextAddress,
};

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function connectWith(
  roots: readonly string[],
  client?: ClientCertificate,
): buildConnector.connector {
  return buildConnector({
    ...dialing,
    // Said in so many words: the environment can change Node's default.
    rejectUnauthorized: true,
    secureContext: createSecureContext({
      ca: [...roots],
      allowPartialTrustChain: true,
      ...(client ? { cert: client.cert, key: client.key } : {}),
    }),
    checkServerIdentity: (host, { subjectaltname }) => {
      const names = readServerNames(subjectaltname);
      return namesInclude(names, host) ? undefined : nameError(host, names);
    },
  });
}

function urlOf({ protocol, hostname, port }: buildConnector.Options): URL {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port ? `:${port}` : ''}/`);
}
