import type { Route } from '../exchange.ts';
import type { FindProxy, WebProxy } from './find-proxy.ts';
import { proxyAuthorization } from './open-tunnel.ts';

/** Whether a proxy is told the whole URL instead of being asked for a tunnel: many let those lead to port 443 alone. */
export function isToldUrls(proxy: WebProxy, { protocol }: URL): boolean {
  return protocol === 'http:' && proxy.kind !== 'socks';
}

/** How a request is put: to a proxy in plain HTTP with the whole URL and the proxy's own login (RFC 9112, 3.2.2). */
export function routeThrough(findProxy: FindProxy, url: URL): Route {
  const proxy = findProxy(url);
  const path = url.pathname + url.search;
  if (!proxy || !isToldUrls(proxy, url)) return { path, proxy: null };
  return {
    path: url.origin + path,
    proxy: proxy.name,
    proxyAuthorization: proxyAuthorization(proxy),
  };
}
