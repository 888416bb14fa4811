import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Issued } from '../lab/certificates.ts';

/** A proxy in this process. */
export interface FakeProxy {
  /** `host:port`. */
  readonly address: string;
  /** What it was asked for: `CONNECT host:port`, or a method and a whole URL. */
  readonly asked: readonly string[];
  /** All request lines and headers that it could read. */
  readonly received: () => string;
  stop(): Promise<void>;
}

/** How the proxy behaves. */
export interface FakeProxyOptions {
  /** Where the names that it is asked for lie, as it resolves them: `host:port` to a port of this machine. */
  readonly ports: Readonly<Record<string, number>>;
  /** `Basic …` that it wants; none without. */
  readonly authorization?: string;
  /** What it answers to everything in place of serving. */
  readonly refuses?: number;
  /** With a certificate it speaks TLS itself. */
  readonly certificate?: Issued;
}

/** Starts an HTTP proxy: `CONNECT` and whole URLs. */
export async function startFakeProxy(options: FakeProxyOptions): Promise<FakeProxy> {
  const { ports, authorization, refuses, certificate } = options;
  const asked: string[] = [];
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const note = (asking: IncomingMessage): number => {
    asked.push(`${asking.method} ${asking.url}`);
    received.push(JSON.stringify([asking.url, asking.rawHeaders]));
    if (refuses !== undefined) return refuses;
    const shown = asking.headers['proxy-authorization'];
    return authorization !== undefined && shown !== authorization ? 407 : 200;
  };
  const server: Server = certificate
    ? createTlsServer({ cert: certificate.certPem, key: certificate.keyPem })
    : createServer();
  server.on('connect', (asking: IncomingMessage, socket: Socket) => {
    const status = note(asking);
    const port = ports[asking.url ?? ''];
    const answer = status === 200 && port === undefined ? 502 : status;
    if (answer !== 200 || port === undefined) {
      socket.end(`HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    for (const one of [onward, socket]) {
      one
        .on('error', () => one.destroy())
        .on('close', () => (one === socket ? onward : socket).destroy());
    }
  });
  server.on('request', (asking, answer) => {
    const status = note(asking);
    const url = URL.canParse(asking.url ?? '') ? new URL(asking.url ?? '') : undefined;
    const port = url && ports[url.host];
    if (status !== 200 || !url || port === undefined) {
      answer.writeHead(status === 200 ? 502 : status).end();
      return;
    }
    const { 'proxy-authorization': _, ...headers } = asking.headers;
    const onward = request(
      { host: '127.0.0.1', port, method: asking.method, path: url.pathname + url.search, headers },
      (reply) => {
        answer.writeHead(reply.statusCode ?? 500, reply.rawHeaders);
        reply.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    asking.pipe(onward);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    received: () => received.join('\n'),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
