import { connect as connectSocket, type Socket } from 'node:net';

/** A TCP connection, and which of the addresses it goes to. */
export interface Connection {
  readonly socket: Socket;
  readonly ip: string;
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
