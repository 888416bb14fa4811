import { request } from 'node:http';
import type { Socket } from 'node:net';
import { RegentError } from '../../../../shared/errors/index.ts';
import { limits, patience } from '../../limits.ts';
import type { WebProxy } from './find-proxy.ts';
import { speakSocks, type TunnelEnd } from './speak-socks.ts';

/**
 * Has a proxy, to which the socket is connected, lead on to another server: by `CONNECT`, with the proxy's own login
 * where it has one, or by SOCKS 5. The socket speaks with that server then.
 * @throws RegentError `PROXY_SIGN_IN`, `PROXY_REFUSED`, `PROXY_FAILED`
 */
export async function openTunnel(proxy: WebProxy, socket: Socket, end: TunnelEnd): Promise<Socket> {
  const signal = AbortSignal.timeout(patience.connect);
  const giveUp = (): void => void socket.destroy(new Error('the proxy is silent'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    if (proxy.kind === 'socks') await speakSocks(proxy, socket, end);
    else await askToConnect(proxy, socket, end);
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw proxyError(error, proxy, signal.aborted);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** The error for a proxy that can't be reached or breaks off. */
export function proxyError(error: unknown, { name }: WebProxy, isLate = false): RegentError {
  if (error instanceof RegentError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isTimeout = isLate || code === 'UND_ERR_CONNECT_TIMEOUT';
  const detail = isTimeout ? 'ETIMEDOUT' : code || 'unknown';
  return new RegentError('PROXY_FAILED', { proxy: name, detail }, error);
}

/** The value of `Proxy-Authorization`; undefined for a proxy without a login. */
export function proxyAuthorization({ login }: WebProxy): string | undefined {
  if (!login) return undefined;
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}

function askToConnect(proxy: WebProxy, socket: Socket, { host, port }: TunnelEnd): Promise<void> {
  const authorization = proxyAuthorization(proxy);
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const asking = request({
      ...{ method: 'CONNECT', path: target, maxHeaderSize: limits.headers },
      createConnection: () => socket,
      headers: {
        ...{ host: target, 'user-agent': 'regent' },
        ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
      },
    });
    asking.on('error', reject);
    asking.on('connect', ({ statusCode: status = 0 }, _, head) => {
      // The other server speaks second: these bytes would be the proxy's own.
      if (status === 200 && head.length === 0) resolve();
      else reject(refusal(proxy, target, status));
    });
    asking.end();
  });
}

function refusal({ name }: WebProxy, address: string, status: number): RegentError {
  if (status === 407) return new RegentError('PROXY_SIGN_IN', { proxy: name });
  return new RegentError('PROXY_REFUSED', { proxy: name, address, detail: `HTTP ${status}` });
}
