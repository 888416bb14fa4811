import { type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { certificateError } from './certificate-errors.ts';
import { type ClientCertificate, dialPlain, dialWith } from './dial.ts';
import { dialThrough } from './proxy/dial-through.ts';
import type { FindProxy, WebProxy } from './proxy/find-proxy.ts';

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
  const strange = once(() => dialWith(roots));
  const known = once(() => dialWith(roots, introduction));
  const toProxy = once(() => dialWith(means.systemRoots));
  const begin: buildConnector.connector = (options, callback) => {
    if (options.protocol !== 'https:') return dialPlain(options, callback);
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
    const socket = await dialThrough(proxy, urlOf(options), toProxy);
    if (options.protocol === 'https:') begin({ ...options, httpSocket: socket }, callback);
    else callback(null, socket);
  };
  const beginAny = async (
    options: buildConnector.Options,
    callback: buildConnector.Callback,
  ): Promise<void> => {
    const proxy = await findProxy(urlOf(options));
    if (proxy) await beginThrough(proxy, options, callback);
    else begin(options, callback);
  };
  return (options, callback) => {
    beginAny(options, callback).catch((error: Error) => callback(error, null));
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function urlOf({ protocol, hostname, port }: buildConnector.Options): URL {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port ? `:${port}` : ''}/`);
}
