import { createSecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import { patience } from '../limits.ts';
import { nameError } from './certificate-errors.ts';
import { namesInclude, readServerNames } from './server-names.ts';

/** A certificate to show one server, with its key. PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A host's next address is tried when one does not answer for a while; Node's own 250 ms cut off slow links. */
const dialing = {
  timeout: patience.connect,
  autoSelectFamily: true,
  autoSelectFamilyAttemptTimeout: patience.nextAddress,
};

/** Connects in the clear. */
export const dialPlain: buildConnector.connector = buildConnector(dialing);

/**
 * Connects to servers whose chain leads to one of the roots (PEM) and whose alternative names include the host. A root may
 * be any certificate, also a server's own or an intermediate one, as for Go.
 */
export function dialWith(
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
