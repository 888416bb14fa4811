import type { Socket } from 'node:net';
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import { Tap } from './probe/tap.ts';
import { classifyFirstBytes, readClearHandshake } from './probe/tls-records.ts';

/** What came of speaking TLS to a server without asking whether to trust it. */
export type TlsOutcome =
  | {
      readonly kind: 'open';
      readonly socket: TLSSocket;
      /** The presented chain in DER, leaf first. */
      readonly chain: readonly Uint8Array[];
      /** For people: `TLS 1.3`. */
      readonly version: string;
    }
  | {
      /** It speaks TLS but refused the handshake. */
      readonly kind: 'refused';
      readonly chain: readonly Uint8Array[];
      readonly asksForClientCertificate: boolean;
      readonly detail: string;
    }
  /** It answered with HTTP, said nothing and closed, or said something else. */
  | { readonly kind: 'http' | 'closed' | 'other' };

const CHAIN_LIMIT = 32;

/**
 * Shakes hands with a server and takes its whole chain. The one place in Regent that looks at a chain before
 * trusting it: nothing but the handshake is sent, and whoever uses the socket afterwards either verifies the
 * chain first or sends nothing that identifies anyone.
 * @param serverName DNS name for SNI; undefined for an IP address, which has none (RFC 6066, 3)
 * @param signal destroys the socket, until the handshake is over
 */
export function fetchChain(
  socket: Socket,
  serverName: string | undefined,
  signal: AbortSignal,
): Promise<TlsOutcome> {
  const tap = new Tap(socket);
  const options: ConnectionOptions = {
    socket: tap,
    rejectUnauthorized: false,
    secureContext: tolerantContext(),
    ALPNProtocols: ['http/1.1'],
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
  return new Promise((resolve) => {
    const tls = connect(options);
    const abort = () => tls.destroy();
    signal.addEventListener('abort', abort, { once: true });
    tls.once('secureConnect', () => {
      signal.removeEventListener('abort', abort);
      const version = (tls.getProtocol() ?? 'TLS').replace(/^TLSv/, 'TLS ');
      resolve({ kind: 'open', socket: tls, chain: chainOf(tls), version });
    });
    tls.on('error', (error) => {
      tls.destroy();
      resolve(failedOutcome(tap.received, error));
    });
    tls.once('close', () => resolve(failedOutcome(tap.received, new Error('closed'))));
  });
}

function failedOutcome(received: Uint8Array, error: NodeJS.ErrnoException): TlsOutcome {
  const first = classifyFirstBytes(received);
  switch (first) {
    case 'http':
    case 'other':
      return { kind: first };
    case 'nothing':
      return { kind: 'closed' };
    case 'tls':
      return { kind: 'refused', detail: error.code ?? '', ...readClearHandshake(received) };
  }
}

/**
 * No authorities, so that Node adds none of its own to the presented chain; weak keys are let in, so that they
 * can be named. BoringSSL, in Electron, knows no security levels and needs none for that.
 */
function tolerantContext() {
  const base: SecureContextOptions = { ca: [], minVersion: 'TLSv1.2' };
  try {
    return createSecureContext({ ...base, ciphers: 'DEFAULT:@SECLEVEL=0' });
  } catch {
    return createSecureContext(base);
  }
}

function chainOf(tls: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate = tls.getPeerCertificate(true);
  while (certificate?.raw && chain.length < CHAIN_LIMIT) {
    chain.push(new Uint8Array(certificate.raw));
    const issuer = certificate.issuerCertificate;
    if (!issuer || issuer === certificate) break;
    certificate = issuer;
  }
  return chain;
}
