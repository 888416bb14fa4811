import { BlockList, isIP } from 'node:net';

/** A host as an URL names it, in lower case and without brackets, and the port that is meant. */
interface Target {
  readonly host: string;
  readonly port: string;
}

/** Whether an entry of the list is about a target. */
type Matcher = (target: Target) => boolean;

/**
 * Reads `NO_PROXY` by the rules that Go programs such as docker follow (golang.org/x/net/http/httpproxy): names stand for
 * themselves and all below them, with a dot or `*.` in front only for those below; addresses and networks (CIDR)
 * for addresses that are written as such; each of these but networks may end in a port; `*` is everything.
 */
export function readNoProxy(list: string): Matcher {
  const entries = list
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim());
  if (entries.includes('*')) return () => true;
  const matchers = entries.flatMap((entry) => matcherOf(entry) ?? []);
  return (target) => matchers.some((matches) => matches(target));
}

function matcherOf(entry: string): Matcher | undefined {
  const network = networkOf(entry);
  if (network) return ({ host }) => isIP(host) !== 0 && network.check(host, familyOf(host));
  const { host, port } = splitPort(entry);
  if (host === '') return undefined;
  const isPort = (other: string): boolean => port === '' || port === other;
  if (isIP(host) !== 0) {
    const one = new BlockList();
    one.addAddress(host, familyOf(host));
    return (target) =>
      isIP(target.host) !== 0 &&
      one.check(target.host, familyOf(target.host)) &&
      isPort(target.port);
  }
  const isBelowOnly = host.startsWith('.') || host.startsWith('*.');
  const name = asciiOf(isBelowOnly ? host.slice(host.indexOf('.') + 1) : host);
  return (target) =>
    isIP(target.host) === 0 &&
    isPort(target.port) &&
    (target.host.endsWith(`.${name}`) || (!isBelowOnly && target.host === name));
}

function networkOf(entry: string): BlockList | undefined {
  const [address = '', bits = '', ...more] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(bits)) return undefined;
  if (Number(bits) > (family === 4 ? 32 : 128)) return undefined;
  const network = new BlockList();
  network.addSubnet(address, Number(bits), familyOf(address));
  return network;
}

/** `host:port`, `[IPv6]:port`, or a host alone, which may be an IPv6 address without brackets. */
function splitPort(entry: string): Target {
  const [, bracketed, bracketedPort] = /^\[([^\]]*)\](?::(.*))?$/.exec(entry) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: bracketedPort ?? '' };
  const [host = '', port = '', ...more] = entry.split(':');
  return more.length > 0 ? { host: entry, port: '' } : { host, port };
}

/** As URLs write names in other scripts. */
function asciiOf(name: string): string {
  return URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`).hostname : name;
}

const familyOf = (host: string): 'ipv4' | 'ipv6' => (isIP(host) === 4 ? 'ipv4' : 'ipv6');
