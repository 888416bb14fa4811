import type { Socket } from 'node:net';
import { dialWith } from '../dial.ts';
import { routeThrough } from './absolute-form.ts';
import { dialThrough } from './dial-through.ts';
import type { FindProxy, WebProxy } from './find-proxy.ts';

/** A way to a server through a proxy, for whoever speaks HTTP or TLS over it without this client. */
interface ProxyWay {
  /** The proxy, `host:port`, for people. */
  readonly name: string;
  /** Opens a connection. @throws RegentError `PROXY_SIGN_IN`, `PROXY_REFUSED`, `PROXY_FAILED` */
  open(): Promise<Socket>;
  /** What comes before the path in a request for this proxy: nothing, once it has led on to the server. */
  readonly prefix: string;
  /** What this proxy wants to see of each request, its own login. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Finds the ways through the proxies of this machine, for the look at servers that are not trusted yet; null for a direct one.
 * @param systemRoots whom to trust as a proxy, PEM
 * @throws RegentError `PROXY_INVALID` from the function it gives
 */
export function createProxyWays(
  findProxy: FindProxy,
  systemRoots: () => Promise<readonly string[]>,
): (url: URL) => Promise<ProxyWay | null> {
  const open = async (proxy: WebProxy, url: URL): Promise<Socket> => {
    const roots = proxy.kind === 'https' ? await systemRoots() : [];
    return dialThrough(proxy, url, () => dialWith(roots));
  };
  return async (url) => {
    const proxy = await findProxy(url);
    if (!proxy) return null;
    const { path, proxyAuthorization } = routeThrough(proxy, url);
    return {
      name: proxy.name,
      open: () => open(proxy, url),
      prefix: path.startsWith('/') ? '' : url.origin,
      headers: proxyAuthorization ? { 'proxy-authorization': proxyAuthorization } : {},
    };
  };
}
