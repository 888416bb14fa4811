import { isIP } from 'node:net';
import { RegentError } from '../../../../shared/errors/index.ts';
import { readNoProxy } from './no-proxy.ts';

/** A proxy that the environment names. */
export interface WebProxy {
  readonly kind: 'http' | 'https' | 'socks';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** `host:port`, for people. */
  readonly name: string;
  /** Its own login, which nobody else may see; null when there is none. */
  readonly login: { readonly username: string; readonly password: string } | null;
}

/** Which proxy leads to an URL; null when the way is direct. */
export type FindProxy = (url: URL) => WebProxy | null | Promise<WebProxy | null>;

/**
 * Asks the system's own settings, as browsers do, for the way to an URL: a list in the words of proxy auto-configuration
 * files, such as `PROXY proxy.corp:3128; DIRECT`.
 */
export type AskSystem = (url: string) => Promise<string>;

const KINDS: Readonly<Record<string, { readonly kind: WebProxy['kind']; readonly port: number }>> =
  {
    'http:': { kind: 'http', port: 80 },
    'https:': { kind: 'https', port: 443 },
    'socks5:': { kind: 'socks', port: 1080 },
    'socks5h:': { kind: 'socks', port: 1080 },
  };

const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'] as const;

/**
 * Finds proxies as Go programs do: `HTTPS_PROXY` or `HTTP_PROXY` by the scheme of the URL, else `ALL_PROXY` as curl has
 * it, in upper or lower case; none for what `NO_PROXY` lists, nor ever for this machine itself. Without such a variable
 * the system is asked, where it can be.
 * @throws RegentError `PROXY_INVALID` from the function it gives, where the variable names no proxy
 */
export function proxyFinder(env: NodeJS.ProcessEnv, askSystem?: AskSystem): FindProxy {
  const find = VARIABLES.some((name) => read(env, name).value !== '')
    ? (url: URL) => findInVariables(env, url)
    : askSystem && (async (url: URL) => readProxyList(await askSystem(`${url.origin}/`)));
  if (!find) return () => null;
  const isExempt = readNoProxy(read(env, 'NO_PROXY').value);
  return (url) => {
    const host = bareHost(url);
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return isThisMachine(host) || isExempt({ host, port }) ? null : find(url);
  };
}

function findInVariables(env: NodeJS.ProcessEnv, { protocol }: URL): WebProxy | null {
  const own = read(env, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  const { name, value } = own.value === '' ? read(env, 'ALL_PROXY') : own;
  if (value === '') return null;
  const proxy = parseProxy(value);
  if (!proxy) throw new RegentError('PROXY_INVALID', { variable: name });
  return proxy;
}

const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/** What such lists call the kinds of proxies that can be spoken to here. */
const LISTED: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
};

/** The first way of the list that can be taken. Where none can, the way is tried without a proxy. */
function readProxyList(list: string): WebProxy | null {
  for (const entry of list.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = LISTED[kind.toUpperCase()];
    const proxy = scheme === undefined ? undefined : parseProxy(`${scheme}://${place}`);
    if (proxy) return proxy;
  }
  return null;
}

function read(
  env: NodeJS.ProcessEnv,
  name: string,
): { readonly name: string; readonly value: string } {
  const lower = name.toLowerCase();
  const isUpper = (env[name] ?? '') !== '';
  return { name: isUpper ? name : lower, value: (isUpper ? env[name] : env[lower])?.trim() ?? '' };
}

function parseProxy(text: string): WebProxy | undefined {
  // `proxy.corp:3128` is how most people write it; as an URL its scheme would be `proxy.corp:`.
  const full = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, hostname, port, username, password } = new URL(full);
  const known = KINDS[protocol];
  if (!known || hostname === '') return undefined;
  const number = port === '' ? known.port : Number(port);
  const login = username === '' && password === '' ? null : decoded(username, password);
  if (login === undefined) return undefined;
  const host = hostname.replace(/^\[|\]$/g, '');
  return { kind: known.kind, host, port: number, name: `${hostname}:${number}`, login };
}

function decoded(username: string, password: string): WebProxy['login'] | undefined {
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
