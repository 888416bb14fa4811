import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Issued } from '../lab/certificates.ts';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** What was posted. */
  readonly form: URLSearchParams;
  /** How many requests for this path came before. */
  readonly repetition: number;
}

/** What to answer. A string is sent as it is, any other body as JSON. */
export interface Reply {
  readonly status?: number;
  /** A list sends several lines of one name. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  /** `reset`: the connection breaks before an answer. `truncate`: in the middle of the body. `endless`: the body never ends. `stall`: half an answer, then silence. */
  readonly fault?: 'reset' | 'truncate' | 'endless' | 'stall';
  /** The connection breaks after so many bytes of a body that is announced in full. */
  readonly cutAfter?: number;
  /** The body comes in pieces of so many bytes, one at a time. */
  readonly drip?: number;
}

/** Decides what to answer; undefined is 404. */
export type Answer = (request: SeenRequest) => Reply | undefined;

/** A running server. */
export interface FakeServer {
  /** `host:port`. */
  readonly address: string;
  readonly origin: string;
  /** All requests so far. */
  readonly seen: readonly SeenRequest[];
  /** Everything that was received, to look for secrets in. */
  readonly received: () => string;
  stop(): Promise<void>;
}

/** Where and how the server listens. */
export interface FakeOptions {
  /** `localhost` and `127.0.0.1` are two hosts to a client. */
  readonly host?: 'localhost' | '127.0.0.1';
  /** Its certificate; without one it speaks plain HTTP. */
  readonly certificate?: Issued;
}

/** Starts a server on a free loopback port that misbehaves exactly as it is told. */
export async function startFake(answer: Answer, options: FakeOptions = {}): Promise<FakeServer> {
  const { host = '127.0.0.1', certificate } = options;
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const listener: RequestListener = async (request, response) => {
    let posted = '';
    for await (const chunk of request.setEncoding('utf8')) posted += chunk;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const one: SeenRequest = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      form: new URLSearchParams(posted),
      repetition: seen.filter(({ path }) => path === pathname).length,
    };
    seen.push(one);
    send(response, answer(one) ?? { status: 404 });
  };
  const server = certificate
    ? createTlsServer({ cert: certificate.certPem, key: certificate.keyPem }, listener)
    : createServer(listener);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `${host}:${(server.address() as AddressInfo).port}`;
  return {
    address,
    origin: `${certificate ? 'https' : 'http'}://${address}`,
    seen,
    received: () =>
      JSON.stringify(seen.map((one) => [one.path, [...one.query], one.headers, [...one.form]])),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function send(
  response: ServerResponse,
  { status = 200, headers = {}, body = '', fault, cutAfter, drip }: Reply,
): void {
  if (fault === 'reset') {
    response.socket?.destroy();
    return;
  }
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = Buffer.from(isRaw ? body : JSON.stringify(body));
  for (const [name, value] of Object.entries({ 'content-type': 'application/json', ...headers })) {
    response.setHeader(name, value);
  }
  response.statusCode = status;
  if (fault === 'truncate') {
    response.setHeader('content-length', bytes.length + 10);
    response.write(bytes, () => response.socket?.destroy());
  } else if (cutAfter !== undefined && cutAfter < bytes.length) {
    response.setHeader('content-length', bytes.length);
    response.write(bytes.subarray(0, cutAfter), () => response.socket?.destroy());
  } else if (drip !== undefined) {
    let at = 0;
    const next = (): void => {
      if (response.destroyed) return;
      const piece = bytes.subarray(at, at + drip);
      at += drip;
      if (at >= bytes.length) response.end(piece);
      else response.write(piece, () => setImmediate(next));
    };
    next();
  } else if (fault === 'stall') {
    response.write(bytes.subarray(0, bytes.length / 2));
    response.flushHeaders();
  } else if (fault === 'endless') {
    const pour = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20)));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  } else {
    response.end(bytes);
  }
}
