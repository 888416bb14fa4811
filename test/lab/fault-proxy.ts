import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What happens to the bytes that a server sends, at a place counted from the start of the connection. */
export type Fault =
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'delay'; readonly at: number; readonly milliseconds: number }
  | { readonly kind: 'corrupt'; readonly at: number; readonly mask: number }
  | { readonly kind: 'duplicate'; readonly at: number; readonly length: number };

/** Gives the faults of a connection, by its number. */
export type FaultPlan = (connection: number) => readonly Fault[];

/** A proxy between a client and a server. */
export interface FaultProxy {
  readonly port: number;
  /** How many connections there have been. */
  readonly connections: () => number;
  /** How many faults have happened. */
  readonly faults: () => number;
  stop(): Promise<void>;
}

/**
 * Passes bytes on to a server, and spoils its answers as planned.
 * @param listen an address of this machine
 */
export async function startFaultProxy(
  upstream: { readonly host: string; readonly port: number },
  plan: FaultPlan,
  listen = '127.0.0.1',
): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let happened = 0;
  const server = createServer((client) => {
    const faults = plan(connections);
    connections += 1;
    const onward = connect(upstream.port, upstream.host);
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ] as const) {
      sockets.add(one);
      one
        .on('error', () => one.destroy())
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
    }
    client.pipe(onward);
    void pass(onward, client, faults, () => {
      happened += 1;
    }).catch(() => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, listen, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    faults: () => happened,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Random numbers below a limit that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** For each connection up to three faults of those kinds, somewhere in its first bytes; the same for the same seed. */
export function seededFaults(
  seed: number,
  kinds: readonly Fault['kind'][],
  within: number,
): FaultPlan {
  return (connection) => {
    const random = seededRandom(seed * 1000 + connection);
    const count = random(4);
    return Array.from({ length: count }, (): Fault => {
      const kind = kinds[random(kinds.length)] ?? 'cut';
      const at = random(within);
      if (kind === 'delay') return { kind, at, milliseconds: random(30) };
      if (kind === 'corrupt') return { kind, at, mask: 1 << random(8) };
      if (kind === 'duplicate') return { kind, at, length: 1 + random(2000) };
      return { kind, at };
    }).sort((a, b) => a.at - b.at);
  };
}

async function pass(
  from: Socket,
  to: Socket,
  faults: readonly Fault[],
  onFault: () => void,
): Promise<void> {
  let at = 0;
  const left = [...faults];
  const send = async (bytes: Buffer): Promise<void> => {
    if (bytes.length > 0 && !to.write(bytes))
      await new Promise((resume) => to.once('drain', resume));
  };
  for await (const arrived of from as AsyncIterable<Buffer>) {
    let rest = arrived;
    for (let [fault] = left; fault && fault.at < at + rest.length; [fault] = left) {
      left.shift();
      onFault();
      const before = rest.subarray(0, Math.max(0, fault.at - at));
      await send(before);
      rest = Buffer.from(rest.subarray(before.length));
      at += before.length;
      if (fault.kind === 'cut') {
        to.destroy();
        return;
      }
      if (fault.kind === 'corrupt') rest[0] = (rest[0] ?? 0) ^ fault.mask;
      if (fault.kind === 'duplicate') await send(rest.subarray(0, fault.length));
      if (fault.kind === 'delay') {
        const { milliseconds } = fault;
        await new Promise((resume) => setTimeout(resume, milliseconds));
      }
    }
    await send(rest);
    at += rest.length;
  }
  to.end();
}
