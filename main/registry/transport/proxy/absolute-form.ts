import type { Route } from '../exchange.ts';
import type { FindProxy, WebProxy } from './find-proxy.ts';
import { proxyAuthorization } from './open-tunnel.ts';

/** Whether a proxy is told the whole URL instead of being asked for a tunnel: many let those lead to port 443 alone. */
export function isToldUrls(proxy: WebProxy, { protocol }: URL): boolean {
  return protocol === 'http:' && proxy.kind !== 'socks';
}

/** How a request is put: to a proxy in plain HTTP with the whole URL and the proxy's own login (RFC 9112, 3.2.2). */
export function routeThrough(proxy: WebProxy | null, url: URL): Route {
  const path = url.pathname + url.search;
  if (!proxy || !isToldUrls(proxy, url)) return { path, proxy: null };
  return {
    path: url.origin + path,
    proxy: proxy.name,
    proxyAuthorization: proxyAuthorization(proxy),
  };
}

/** Routes requests. What goes over TLS is the server's own, whoever leads there, so no proxy is looked for. */
export function createRouter(findProxy: FindProxy): (url: URL) => Route | Promise<Route> {
  return (url) => {
    const found = url.protocol === 'http:' ? findProxy(url) : null;
    return found instanceof Promise
      ? found.then((proxy) => routeThrough(proxy, url))
      : routeThrough(found, url);
  };
}
