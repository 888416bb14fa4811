import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { dialPlain } from '../dial.ts';
import { isToldUrls } from './absolute-form.ts';
import type { WebProxy } from './find-proxy.ts';
import { openTunnel, proxyError } from './open-tunnel.ts';

/**
 * Connects to a proxy, and through it to the server of an URL unless that proxy is told whole URLs.
 * @param dialProxy connects to proxies that speak TLS themselves
 * @throws RegentError `PROXY_SIGN_IN`, `PROXY_REFUSED`, `PROXY_FAILED`
 */
export async function dialThrough(
  proxy: WebProxy,
  url: URL,
  dialProxy: () => buildConnector.connector,
): Promise<Socket> {
  const socket = await reach(proxy, proxy.kind === 'https' ? dialProxy() : dialPlain);
  if (isToldUrls(proxy, url)) return socket;
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return openTunnel(proxy, socket, { host: url.hostname.replace(/^\[|\]$/g, ''), port });
}

/** Connects to a proxy itself. */
function reach(proxy: WebProxy, connect: buildConnector.connector): Promise<Socket> {
  const { kind, host, port } = proxy;
  const protocol = kind === 'https' ? 'https:' : 'http:';
  const target = { hostname: host, host, protocol, port: String(port) };
  return new Promise((resolve, reject) => {
    connect(target, (...[error, socket]) => {
      if (socket) resolve(socket);
      else reject(proxyError(error, proxy));
    });
  });
}
