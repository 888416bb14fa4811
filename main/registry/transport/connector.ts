import { createSecureContext, type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { patience } from '../limits.ts';
import { certificateError, nameError } from './certificate-errors.ts';
import { namesInclude, readServerNames } from './server-names.ts';

/** A certificate to show one server, with its key. PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** For whom a client certificate is: it is shown to nobody else, as a password would be. */
export interface Introduction extends ClientCertificate {
  readonly isFor: (url: URL) => boolean;
}

/**
 * Connects to servers whose chain leads to one of the roots and whose alternative names include the host: there
 * is no other way through. A root may be any certificate, also a server's own or an intermediate one, as for Go.
 * Certificate problems arrive as RegentErrors, everything else as Node's or undici's.
 * @param roots PEM
 * @param nameOf what people call the server, from its URL
 * @param introduction a client certificate, and to whom it is shown
 */
export function createConnector(
  roots: readonly string[],
  nameOf: (url: URL) => string,
  introduction?: Introduction,
): buildConnector.connector {
  const strange = connectWith(roots);
  const known = introduction && connectWith(roots, introduction);
  return (options, callback) => {
    const connect = known && introduction?.isFor(urlOf(options)) ? known : strange;
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
}

function connectWith(
  roots: readonly string[],
  client?: ClientCertificate,
): buildConnector.connector {
  return buildConnector({
    timeout: patience.connect,
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
