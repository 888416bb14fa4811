import { lookup } from 'node:dns/promises';
import type { Duplex } from 'node:stream';
import { type AddressParts, isIpHost, parseAddress } from '../../../shared/model/address.ts';
import { type Connection, connect } from './connect.ts';
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
  /** Connects, and remembers the connection for {@link Look.close}. */
  connect(ips: readonly string[], port: number, signal: AbortSignal): Promise<Connection>;
  /** Ends all connections. */
  close(): void;
}

/** Begins a look. @throws RegentError `ADDRESS_INVALID` */
export function beginLook(address: string, signal: AbortSignal, stepMs: number): Look {
  const parts = parseAddress(address);
  const limits: Limits = { signal, stepMs, subject: address };
  const open = new Set<Duplex>();
  return {
    address,
    parts,
    port: parts.port ?? 443,
    isIp: isIpHost(parts),
    seconds: stepMs / 1000,
    within: (run) => withinTime(limits, run),
    connect: async (ips, port, stepSignal) => {
      const connection = await connect(ips, port, stepSignal);
      open.add(connection.socket);
      return connection;
    },
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}
