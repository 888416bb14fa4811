import { connect as connectSocket, type Socket } from 'node:net';
import type { ProxyWay } from './proxy-way.ts';

/** A TCP connection, and which of the addresses it goes to; through a proxy, nobody here knows. */
export interface Connection {
  readonly socket: Socket;
  readonly ip: string;
  /** The proxy that it leads through. */
  readonly way?: ProxyWay;
}

/** Servers with more addresses than this are tried at the first ones only. */
const ADDRESSES = 8;

/**
 * Connects to whichever address answers first.
 * @param ips IP addresses, at least one
 * @param signal ends the attempts; an established connection outlives it
 * @throws NodeJS.ErrnoException of the first address when none answers
 */
export async function connect(
  ips: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Connection> {
  const others = new AbortController();
  const stop = AbortSignal.any([signal, others.signal]);
  const attempts = ips.slice(0, ADDRESSES).map((ip) => connectTo(ip, port, stop));
  try {
    const winner = await Promise.any(attempts);
    for (const attempt of attempts) attempt.then((loser) => closeLoser(loser, winner), ignore);
    return winner;
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    others.abort();
  }
}

const ignore = () => undefined;

function closeLoser(loser: Connection, winner: Connection): void {
  if (loser !== winner) loser.socket.destroy();
}

function connectTo(ip: string, port: number, signal: AbortSignal): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host: ip, port });
    const abort = () => socket.destroy(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      socket.off('error', reject);
      // Errors of a later time reach the reader of the socket as its end.
      socket.on('error', ignore);
      resolve({ socket, ip });
    });
  });
}

/** Connects through a proxy. @param signal gives up; a connection that comes too late is closed */
export async function connectThrough(way: ProxyWay, signal: AbortSignal): Promise<Connection> {
  const socket = await way.open();
  // Errors of a later time reach the reader of the socket as its end.
  socket.on('error', ignore);
  if (signal.aborted) socket.destroy();
  return { socket, ip: '', way };
}
