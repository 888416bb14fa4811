import type { Socket } from 'node:net';
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import { handshakeSecret, readSealedHandshake } from './probe/sealed-handshake.ts';
import { Tap } from './probe/tap.ts';
import { classifyFirstBytes, readClearHandshake, type TooOld } from './probe/tls-records.ts';

/** What came of speaking TLS to a server without asking whether to trust it. */
export type TlsOutcome =
  | {
      readonly kind: 'open';
      readonly socket: TLSSocket;
      /** The presented chain in DER, leaf first. */
      readonly chain: readonly Uint8Array[];
      /** For people: `TLS 1.3`. */
      readonly version: string;
      /** It would like to see a client certificate, but goes on without one for now. */
      readonly asksForClientCertificate: boolean;
    }
  | {
      /** It speaks TLS but refused the handshake. */
      readonly kind: 'refused';
      readonly chain: readonly Uint8Array[];
      readonly asksForClientCertificate: boolean;
      readonly tooOld: TooOld | undefined;
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
    let secret: Buffer | undefined;
    tls.on('keylog', (line) => {
      secret ??= handshakeSecret(line.toString());
    });
    const abort = () => tls.destroy();
    signal.addEventListener('abort', abort, { once: true });
    tls.once('secureConnect', () => {
      signal.removeEventListener('abort', abort);
      const version = (tls.getProtocol() ?? 'TLS').replace(/^TLSv/, 'TLS ');
      const asksForClientCertificate = wasAskedForCertificate(tls, tap.received, secret);
      resolve({
        ...{ kind: 'open', socket: tls, chain: chainOf(tls, tap.received, secret), version },
        asksForClientCertificate,
      });
    });
    tls.on('error', (error) => {
      tls.destroy();
      resolve(failedOutcome(tap.received, error));
    });
    tls.once('close', () => resolve(failedOutcome(tap.received, new Error('closed'))));
  });
}

/**
 * Up to TLS 1.2 the question stands in the clear. Where the handshake of TLS 1.3 can't be read, the question still
 * brought the server's list of signature algorithms, which OpenSSL compares with ours (RFC 8446, 4.3.2).
 */
function wasAskedForCertificate(
  tls: TLSSocket,
  received: Uint8Array,
  secret: Uint8Array | undefined,
): boolean {
  const handshake = secret ? readSealedHandshake(received, secret) : readClearHandshake(received);
  return handshake?.asksForClientCertificate ?? tls.getSharedSigalgs().length > 0;
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

/** The whole chain as it was sent; where that cannot be read, what Node makes of it. */
function chainOf(
  tls: TLSSocket,
  received: Uint8Array,
  secret: Uint8Array | undefined,
): readonly Uint8Array[] {
  const sent = secret
    ? (readSealedHandshake(received, secret)?.chain ?? [])
    : readClearHandshake(received).chain;
  return sent.length > 0 ? sent.slice(0, CHAIN_LIMIT) : linkedChain(tls);
}

/** Only those certificates that follow one another as issuers: Node drops the others. */
function linkedChain(tls: TLSSocket): readonly Uint8Array[] {
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
