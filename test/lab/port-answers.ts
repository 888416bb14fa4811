import { connect } from 'node:net';
import { inLabNetwork } from './lab-network.ts';
import { run } from './processes.ts';

/**
 * Whether something listens on `ip:port`: `true`, or undefined while not, as `startDaemon` asks.
 * 127.0.0.1 of the registries' network namespace cannot be reached from here; there the kernel's table is asked.
 */
export async function portAnswers(address: string, network?: 'lab'): Promise<true | undefined> {
  const [ip = '', port = ''] = address.split(':');
  if (network === 'lab' && ip.startsWith('127.')) {
    const { stdout } = await run(inLabNetwork(['cat', '/proc/net/tcp']));
    return listens(stdout, Number(port)) ? true : undefined;
  }
  return new Promise((resolve) => {
    const socket = connect(Number(port), ip);
    const settle = (answer: true | undefined) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(undefined));
  });
}

/** Reads the table of proc_net_tcp(5): local address `IP:PORT` in hexadecimal, state 0A is "listening". */
function listens(table: string, port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some(([, local, , state]) => local?.endsWith(wanted) === true && state === '0A');
}

/** Whether a unix socket file accepts connections: `true`, or undefined while not. */
export function socketAnswers(path: string): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  });
}
