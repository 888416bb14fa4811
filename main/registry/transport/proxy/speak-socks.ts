import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { RegentError } from '../../../../shared/errors/index.ts';
import type { WebProxy } from './find-proxy.ts';

/** Where a tunnel leads. */
export interface TunnelEnd {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

const OPEN = 0;
const BY_PASSWORD = 2;
const DOMAIN = 3;
/** How long the address in an answer is, by its kind; that of a name stands in front of it. */
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 4: 16 };

/**
 * Has a SOCKS 5 proxy connect to a server (RFC 1928, login after RFC 1929). It resolves the name, as with Go programs.
 * @throws RegentError `PROXY_SIGN_IN`, `PROXY_REFUSED`, `PROXY_FAILED` for what speaks no SOCKS; what the socket throws
 */
export async function speakSocks(
  { name, login }: WebProxy,
  socket: Socket,
  { host, port }: TunnelEnd,
): Promise<void> {
  const read = async (length: number): Promise<Buffer> => {
    for (;;) {
      const bytes: unknown = length === 0 ? Buffer.alloc(0) : socket.read(length);
      if (Buffer.isBuffer(bytes) && bytes.length === length) return bytes;
      if (bytes !== null || socket.readableEnded || socket.destroyed) throw noSocks(name);
      await Promise.race([once(socket, 'readable'), once(socket, 'end'), once(socket, 'close')]);
    }
  };
  const expectByte = async (length: number, place: number, first: number): Promise<number> => {
    const bytes = await read(length);
    if (bytes[0] !== first) throw noSocks(name);
    return bytes[place] ?? 0;
  };
  const methods = login ? [OPEN, BY_PASSWORD] : [OPEN];
  socket.write(Buffer.from([5, methods.length, ...methods]));
  const method = await expectByte(2, 1, 5);
  if (method === BY_PASSWORD && login) {
    socket.write(
      Buffer.concat([Buffer.from([1]), counted(login.username), counted(login.password)]),
    );
    if ((await expectByte(2, 1, 1)) !== 0) throw new RegentError('PROXY_SIGN_IN', { proxy: name });
  } else if (method !== OPEN) throw new RegentError('PROXY_SIGN_IN', { proxy: name });

  socket.write(
    Buffer.concat([Buffer.from([5, 1, 0]), addressOf(host), Buffer.from([port >> 8, port & 255])]),
  );
  const reply = await expectByte(3, 1, 5);
  if (reply !== 0) {
    const address = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
    throw new RegentError('PROXY_REFUSED', { proxy: name, address, detail: `SOCKS ${reply}` });
  }
  const kind = (await read(1))[0] ?? 0;
  const length = kind === DOMAIN ? ((await read(1))[0] ?? 0) : ADDRESS_BYTES[kind];
  if (length === undefined) throw noSocks(name);
  await read(length + 2);
}

/** IPv6 goes as text, too, in the form of a name: proxies parse it, and it spares a second way to write it. */
function addressOf(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from([1, ...host.split('.').map(Number)]);
  return Buffer.concat([Buffer.from([DOMAIN]), counted(host)]);
}

/** A text with its length in front; what is longer than that can say is cut, and refused by whoever reads it. */
function counted(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function noSocks(proxy: string): RegentError {
  return new RegentError('PROXY_FAILED', { proxy, detail: 'no SOCKS 5' });
}
