import { lookup } from 'node:dns/promises';
import type { Duplex } from 'node:stream';
import { type AddressParts, isIpHost, parseAddress } from '../../../shared/model/address.ts';
import { type Connection, connect, connectThrough } from './connect.ts';
import type { FindProxyWay } from './proxy-way.ts';
import { type Limits, withinTime } from './within-time.ts';

/** Finds the IP addresses of a host. @throws when there are none */
export type Resolver = (host: string) => Promise<readonly string[]>;

/** The system's own resolver: /etc/hosts, DNS and whatever else the machine is set up for. */
export const systemResolver: Resolver = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** One look at a server: where it is, the limits, and the connections that it holds open. */
export interface Look {
  readonly address: string;
  readonly parts: AddressParts;
  /** The port that was typed, or HTTPS's. */
  readonly port: number;
  readonly isIp: boolean;
  /** Runs a step within the limits. */
  within<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Length of a step's limit in seconds. */
  readonly seconds: number;
  /** Whether a proxy leads to that port, or should if it were named rightly. */
  isProxied(): Promise<boolean>;
  /** Connects, and remembers the connection for {@link Look.close}. @param ips where to, if the way is direct */
  connect(ips: readonly string[], to: Destination, signal: AbortSignal): Promise<Connection>;
  /** Ends all connections. */
  close(): void;
}

/** Where a connection leads, and what is to be spoken over it: proxies differ by that. */
interface Destination {
  readonly scheme: 'https' | 'http';
  readonly port: number;
}

/** By what a look goes. */
interface LookMeans {
  readonly signal: AbortSignal;
  readonly stepMs: number;
  /** Without it every way is direct. */
  readonly findProxyWay?: FindProxyWay | undefined;
}

/** Begins a look. @throws RegentError `ADDRESS_INVALID` */
export function beginLook(address: string, { signal, stepMs, findProxyWay }: LookMeans): Look {
  const parts = parseAddress(address);
  const limits: Limits = { signal, stepMs, subject: address };
  const open = new Set<Duplex>();
  const host = parts.isIpv6 ? `[${parts.host}]` : parts.host;
  const port = parts.port ?? 443;
  const wayTo = async (to: Destination) =>
    (await findProxyWay?.(new URL(`${to.scheme}://${host}:${to.port}/`))) ?? null;
  return {
    address,
    parts,
    port,
    isIp: isIpHost(parts),
    seconds: stepMs / 1000,
    within: (run) => withinTime(limits, run),
    isProxied: () =>
      wayTo({ scheme: 'https', port }).then(
        (way) => way !== null,
        // What names no proxy is said where one tries to connect.
        () => true,
      ),
    connect: async (ips, to, stepSignal) => {
      const way = await wayTo(to);
      const connection = way
        ? await connectThrough(way, stepSignal)
        : // A name that only a proxy was asked for so far is looked up here.
          await connect(ips.length > 0 ? ips : [parts.host], to.port, stepSignal);
      open.add(connection.socket);
      return connection;
    },
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}
