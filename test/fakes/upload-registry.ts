import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One upload that has begun and has not ended. */
interface OpenUpload {
  readonly received: Buffer;
}

/** A request for the list of those that came. */
interface SeenUpload {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
}

/** How the registry misbehaves. All that is left out is as the specification wants it. */
export interface UploadHabits {
  /** Bytes of one request that are let through; more is 413 before they are read. */
  readonly limit?: number;
  /** What `Location` says, from the path that is meant. */
  readonly locationOf?: (path: string) => string;
  /** `OCI-Chunk-Min-Length`. */
  readonly chunkMinimum?: number;
  /** What happens to a request that brings bytes, by how many of those came before: nothing where it is undefined. */
  readonly faults?: readonly (UploadFault | undefined)[];
  /** Blobs of another repository that may be mounted. */
  readonly mountable?: ReadonlySet<string>;
  /** Whether an upload is gone after a request that broke. */
  readonly forgetsBroken?: boolean;
}

/**
 * `cut`: the connection breaks after so many bytes. `lose`: 404, and the upload is gone. `busy`: 503 after the bytes.
 * `swallow`: takes all of it, then the connection breaks before the answer. `range`: 416, as if it stood elsewhere.
 */
export type UploadFault =
  | { readonly kind: 'cut'; readonly after: number }
  | { readonly kind: 'lose' | 'busy' | 'swallow' | 'range' };

/** A running registry that takes uploads for one repository, `team/app`. */
export interface UploadRegistry {
  readonly address: string;
  readonly origin: string;
  readonly blobs: ReadonlyMap<string, Buffer>;
  /** What has begun and was neither ended nor cancelled. */
  readonly open: ReadonlyMap<string, OpenUpload>;
  readonly seen: readonly SeenUpload[];
  stop(): Promise<void>;
}

/** Starts one on a free loopback port, in plain HTTP and for everybody. */
export async function startUploadRegistry(habits: UploadHabits = {}): Promise<UploadRegistry> {
  const state: State = { habits, blobs: new Map(), open: new Map(), faults: [], begun: 0 };
  state.faults.push(...(habits.faults ?? []));
  const seen: SeenUpload[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    request.on('error', () => undefined);
    const { headers, method = '', url = '/' } = request;
    seen.push({ method, path: url, headers, bytes: bytesOf(request) });
    handle(state, request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ address, origin: `http://${address}`, blobs: state.blobs, open: state.open, seen },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface Growing {
  received: Buffer;
}

interface State {
  readonly habits: UploadHabits;
  readonly blobs: Map<string, Buffer>;
  readonly open: Map<string, Growing>;
  readonly faults: (UploadFault | undefined)[];
  begun: number;
}

type Headers = Readonly<Record<string, string | number>>;

function answer(response: ServerResponse, status: number, headers: Headers = {}): void {
  response.writeHead(status, { 'content-length': 0, ...headers });
  response.end();
}

function bytesOf({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? 0);
}

function standing({ habits }: State, id: string, { received }: Growing): Headers {
  const path = `/v2/team/app/blobs/uploads/${id}?_state=a%2Fb-_~${received.length}`;
  return {
    location: habits.locationOf?.(path) ?? path,
    range: `0-${Math.max(received.length - 1, 0)}`,
    ...(habits.chunkMinimum === undefined ? {} : { 'oci-chunk-min-length': habits.chunkMinimum }),
  };
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://fake');
  if (request.method === 'POST') return begin(state, url, response);
  const name = url.pathname.split('/').at(-1) ?? '';
  if (request.method === 'HEAD') return answer(response, state.blobs.has(name) ? 200 : 404);
  const upload = state.open.get(name);
  if (!upload) return answer(response, 404);
  if (request.method === 'GET') return answer(response, 204, standing(state, name, upload));
  if (request.method === 'DELETE') {
    state.open.delete(name);
    return answer(response, 204);
  }
  return receive(state, name, upload, request, response);
}

function begin(state: State, url: URL, response: ServerResponse): void {
  const mount = url.searchParams.get('mount') ?? '';
  if (state.habits.mountable?.has(mount) && url.searchParams.has('from')) {
    state.blobs.set(mount, Buffer.alloc(0));
    answer(response, 201, { location: `/v2/team/app/blobs/${mount}` });
    return;
  }
  state.begun += 1;
  const upload = { received: Buffer.alloc(0) };
  state.open.set(`u${state.begun}`, upload);
  answer(response, 202, standing(state, `u${state.begun}`, upload));
}

async function receive(
  state: State,
  id: string,
  upload: Growing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { habits } = state;
  const bytes = bytesOf(request);
  if (bytes > (habits.limit ?? Infinity)) return answer(response, 413, { connection: 'close' });
  const fault = bytes > 0 ? state.faults.shift() : undefined;
  const start = /^(\d+)-\d+$/.exec(request.headers['content-range'] ?? '')?.[1];
  if (fault?.kind === 'range' || (start && Number(start) !== upload.received.length)) {
    request.resume();
    return answer(response, 416, standing(state, id, upload));
  }
  const isWhole = await take(request, upload, fault);
  if (fault?.kind === 'lose' || (!isWhole && habits.forgetsBroken)) state.open.delete(id);
  if (!isWhole) return;
  if (fault?.kind === 'lose') return answer(response, 404);
  if (fault?.kind === 'busy') return answer(response, 503);
  const status = request.method === 'PUT' ? end(state, id, upload, request) : 202;
  if (fault?.kind === 'swallow') request.socket.destroy();
  else answer(response, status, status === 202 ? standing(state, id, upload) : {});
}

/** Takes the body; false when the connection broke. */
async function take(
  request: IncomingMessage,
  upload: Growing,
  fault: UploadFault | undefined,
): Promise<boolean> {
  let got = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      const most = fault?.kind === 'cut' ? Math.max(fault.after - got, 0) : piece.length;
      upload.received = Buffer.concat([upload.received, piece.subarray(0, most)]);
      got += piece.length;
      if (fault?.kind === 'cut' && got >= fault.after) request.destroy();
    }
    return true;
  } catch {
    return false;
  }
}

function end(state: State, id: string, { received }: Growing, request: IncomingMessage): number {
  const digest = new URL(request.url ?? '/', 'http://fake').searchParams.get('digest') ?? '';
  state.open.delete(id);
  if (`sha256:${createHash('sha256').update(received).digest('hex')}` !== digest) return 400;
  state.blobs.set(digest, received);
  return 201;
}
