import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS 5 proxy in this process. */
export interface FakeSocksProxy {
  /** `host:port`. */
  readonly address: string;
  /** The `host:port` it was asked for. */
  readonly asked: readonly string[];
  /** What was shown as a login: `user:password`. */
  readonly logins: readonly string[];
  stop(): Promise<void>;
}

/** How it behaves. */
export interface FakeSocksOptions {
  readonly ports: Readonly<Record<string, number>>;
  /** `user:password` that it wants. */
  readonly login?: string;
  /** The reply to every wish (RFC 1928, 6). */
  readonly reply?: number;
}

/** Starts one. */
export async function startFakeSocksProxy(options: FakeSocksOptions): Promise<FakeSocksProxy> {
  const asked: string[] = [];
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    const wish = (bytes: Buffer): void => lead(socket, options, targetIn(bytes), asked);
    const login = (bytes: Buffer): void => {
      const shown = loginIn(bytes);
      logins.push(shown);
      socket.once('data', wish).write(Buffer.from([1, shown === options.login ? 0 : 1]));
    };
    socket.once('data', (bytes) => {
      const wanted = options.login === undefined ? 0 : 2;
      socket.once('data', wanted === 0 ? wish : login);
      // One byte at a time, as a network may deliver it.
      socket.write(Buffer.from([5]));
      const method = bytes.subarray(2).includes(wanted) ? wanted : 255;
      setImmediate(() => socket.write(Buffer.from([method])));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    logins,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function loginIn(bytes: Buffer): string {
  const end = 2 + (bytes[1] ?? 0);
  return `${bytes.subarray(2, end)}:${bytes.subarray(end + 1)}`;
}

function targetIn(bytes: Buffer): string {
  const isName = bytes[3] === 3;
  const end = isName ? 5 + (bytes[4] ?? 0) : 8;
  const host = isName ? bytes.subarray(5, end).toString() : [...bytes.subarray(4, 8)].join('.');
  return `${host}:${bytes.readUInt16BE(end)}`;
}

function lead(socket: Socket, options: FakeSocksOptions, target: string, asked: string[]): void {
  asked.push(target);
  const port = options.ports[target];
  const reply = options.reply ?? (port === undefined ? 4 : 0);
  const answer = Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]);
  if (reply !== 0 || port === undefined) {
    socket.end(answer);
    return;
  }
  const onward = connect(port, '127.0.0.1', () => {
    socket.write(answer);
    onward.pipe(socket);
    socket.pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('close', () => onward.destroy());
}
