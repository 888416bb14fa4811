import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type ProbeOptions, probe } from '../../../../main/trust/probe.ts';
import { createPool } from '../../../../main/trust/verify/pool.ts';
import { type Made, NOW } from '../make-certificate.ts';
import { type Looked, registry, watch } from '../test-server.ts';

/** Leads to this machine too, but is no loopback address, where Docker would accept anything. */
export const HERE = '0.0.0.0';

/** Looks at an address of this machine. */
export function lookAt(address: string, options: Partial<ProbeOptions> = {}): Promise<Looked> {
  return watch(
    probe(address, {
      signal: new AbortController().signal,
      roots: createPool([]),
      clock: { now: () => NOW },
      resolver: async () => [HERE],
      ...options,
    }),
  );
}

/** Runs a TLS registry with that chain for the length of one visit. @param host where it listens */
export async function visitTls<T>(
  chain: readonly Made[],
  visit: (port: number) => Promise<T>,
  options: ServerOptions = {},
  host = '127.0.0.1',
): Promise<T> {
  const cert = chain.map(({ pem }) => pem).join('');
  const server = createTlsServer({ cert, key: chain[0]?.keyPem, ...options }, registry);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  try {
    return await visit((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
