import type { Socket } from 'node:net';

/** A way to a server through a proxy. How proxies are found and spoken to is the business of whoever hands it in. */
export interface ProxyWay {
  /** The proxy, `host:port`, for people. */
  readonly name: string;
  /** Opens a connection. @throws RegentError `PROXY_SIGN_IN`, `PROXY_REFUSED`, `PROXY_FAILED` */
  open(): Promise<Socket>;
  /** What comes before the path of a question in the clear. */
  readonly prefix: string;
  /** What the proxy wants to see of a question in the clear; none of it is for the server. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Which proxy leads to an URL; null for a direct way. @throws RegentError `PROXY_INVALID` */
export type FindProxyWay = (url: URL) => Promise<ProxyWay | null>;
