import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { ProbeEvent } from '../../../shared/contract/registries.ts';
import type { ProbeReport, ProbeStep } from '../../../shared/model/probe.ts';
import type { Made } from './make-certificate.ts';

/** A server of this process on a free port of loopback. */
export interface TestServer {
  readonly port: number;
  stop(): Promise<void>;
}

async function listen(server: Server, port = 0): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A registry that asks for a password. */
export const registry: RequestListener = (request, response) => {
  const headers = { 'Docker-Distribution-Api-Version': 'registry/2.0' };
  if (request.url === '/v2/') {
    response.writeHead(401, { ...headers, 'WWW-Authenticate': 'Basic realm="Lab"' }).end('{}');
  } else response.writeHead(404, headers).end();
};

/** Starts an HTTPS server with that chain, leaf first. */
export const startTls = (
  chain: readonly Made[],
  listener: RequestListener = registry,
  options: ServerOptions = {},
  port = 0,
) => {
  const cert = chain.map(({ pem }) => pem).join('');
  return listen(createTlsServer({ cert, key: chain[0]?.keyPem, ...options }, listener), port);
};

/** Starts a plain HTTP server. */
export const startPlain = (listener: RequestListener) => listen(createPlainServer(listener));

/** Starts a server that speaks neither. */
export const startTcp = (onConnection: (socket: Socket) => void) =>
  listen(createTcpServer(onConnection));

/** What came of a look at a server. */
export interface Looked {
  readonly report: ProbeReport;
  /** How each step ended: `id state`. */
  readonly ends: readonly string[];
  readonly steps: readonly ProbeStep[];
}

/** Takes a probe to its end. */
export async function watch(events: AsyncIterable<ProbeEvent>): Promise<Looked> {
  const steps: ProbeStep[] = [];
  for await (const event of events) {
    if (event.type === 'report') {
      const ended = steps.filter(({ state }) => state !== 'running');
      return { report: event.report, steps, ends: ended.map(({ id, state }) => `${id} ${state}`) };
    }
    steps.push(event.step);
  }
  throw new Error('no report');
}
