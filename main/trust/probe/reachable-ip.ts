import { BlockList, isIP } from 'node:net';
import { formatIp, parseIp } from '../x509/ip.ts';

/** Kinds of places that a stranger's certificate must not send us to. */
type Place = 'loopback' | 'link-local' | 'metadata' | 'elsewhere';

const lists: Readonly<Record<Exclude<Place, 'elsewhere'>, BlockList>> = {
  loopback: listOf(['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128']),
  'link-local': listOf(['169.254.0.0/16', 'fe80::/10']),
  // Clouds answer there with secrets of the machine: AWS, Alibaba, Oracle, Azure. The rest use link-local.
  metadata: listOf([
    ...['169.254.169.254/32', 'fd00:ec2::254/128', '100.100.100.200/32'],
    ...['192.0.0.192/32', '168.63.129.16/32'],
  ]),
};

/**
 * Whether an address may be asked on behalf of a certificate's own words: anything in the company's network may,
 * this machine and its surroundings only if the registry lives there too, a cloud's metadata service never.
 * @param registry IP addresses of the registry
 */
export function mayReach(ip: string, registry: readonly string[]): boolean {
  const place = placeOf(ip);
  if (place === 'elsewhere') return true;
  return place !== 'metadata' && registry.some((own) => placeOf(own) === place);
}

/** Whether an address is this machine's own, as Docker counts: 127.0.0.0/8 and ::1. */
export function isLoopbackIp(ip: string): boolean {
  const plain = plainOf(ip);
  return plain === '::1' || plain.startsWith('127.');
}

function placeOf(ip: string): Place {
  const plain = plainOf(ip);
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(plain) === 0) return 'metadata';
  const places = ['metadata', 'loopback', 'link-local'] as const;
  return places.find((place) => lists[place].check(plain, family)) ?? 'elsewhere';
}

/** The address without a zone, and without the IPv6 clothes of an IPv4 one. */
function plainOf(ip: string): string {
  const bytes = parseIp(ip.replace(/%.*$/, ''));
  return bytes ? formatIp(bytes) : '';
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), net.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
