import { createSecureContext, type DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { patience } from '../limits.ts';
import { certificateError, nameError } from './certificate-errors.ts';
import { namesInclude, readServerNames } from './server-names.ts';

/**
 * Connects to servers whose chain leads to one of the roots and whose alternative names include the host: there
 * is no other way through. A root may be any certificate, also a server's own or an intermediate one, as for Go.
 * Certificate problems arrive as RegentErrors, everything else as Node's or undici's.
 * @param roots PEM
 * @param nameOf what people call the server, from its URL
 */
export function createConnector(
  roots: readonly string[],
  nameOf: (url: URL) => string,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: patience.connect,
    // Said in so many words: the environment can change Node's default.
    rejectUnauthorized: true,
    secureContext: createSecureContext({ ca: [...roots], allowPartialTrustChain: true }),
    checkServerIdentity: (host, { subjectaltname }) => {
      const names = readServerNames(subjectaltname);
      return namesInclude(names, host) ? undefined : nameError(host, names);
    },
  });
  return (options, callback) => {
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

function urlOf({ protocol, hostname, port }: buildConnector.Options): URL {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port ? `:${port}` : ''}/`);
}
