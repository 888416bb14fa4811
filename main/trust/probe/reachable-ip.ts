import { BlockList, isIP } from 'node:net';
import { formatIp, parseIp } from '../x509/ip.ts';

/** Kinds of places that a stranger's certificate must not send us to. */
type Place = 'loopback' | 'link-local' | 'private' | 'never' | 'elsewhere';

const lists: Readonly<Record<Exclude<Place, 'elsewhere'>, BlockList>> = {
  never: listOf([
    // Clouds answer there with secrets of the machine: AWS, Google, Alibaba, Oracle, Azure. The rest use link-local.
    ...['169.254.169.254/32', 'fd00:ec2::254/128', 'fd20:ce::254/128', '100.100.100.200/32'],
    ...['192.0.0.192/32', '168.63.129.16/32'],
    // Multicast, broadcast and what is reserved.
    ...['224.0.0.0/4', '240.0.0.0/4', 'ff00::/8'],
    // IPv4 in clothes of which nobody can tell where they lead: Teredo, NAT64 of one's own (RFC 8215), SIIT.
    ...['2001::/32', '64:ff9b:1::/48', '::ffff:0:0:0/96'],
  ]),
  loopback: listOf(['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128']),
  'link-local': listOf(['169.254.0.0/16', 'fe80::/10']),
  // RFC 1918, RFC 6598, RFC 2544; RFC 4193, RFC 3879.
  private: listOf([
    ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'],
    ...['fc00::/7', 'fec0::/10'],
  ]),
};

/** The clothes of an IPv4 address: their network, and at which byte of the IPv6 one it begins. */
const CLOTHES = [
  // NAT64 (RFC 6052, 2.1).
  { net: listOf(['64:ff9b::/96']), at: 12 },
  // 6to4 (RFC 3056, 2).
  { net: listOf(['2002::/16']), at: 2 },
  // IPv4-compatible (RFC 4291, 2.5.5.1); loopback and the unspecified address are found before it.
  { net: listOf(['::/96']), at: 12 },
] as const;

/**
 * Whether an address may be asked on behalf of a certificate's own words: any public one may; this machine, its
 * surroundings and a private network only if the registry lives there too; a cloud's metadata service never.
 * @param registry IP addresses of the registry. All count: whoever owns its name could add a private one
 */
export function mayReach(ip: string, registry: readonly string[]): boolean {
  const place = placeOf(ip);
  if (place === 'elsewhere') return true;
  return (
    place !== 'never' && registry.length > 0 && registry.every((own) => placeOf(own) === place)
  );
}

/** Whether an address is this machine's own, as Docker counts: 127.0.0.0/8 and ::1. */
export function isLoopbackIp(ip: string): boolean {
  const plain = plainOf(ip);
  return plain === '::1' || plain.startsWith('127.');
}

function placeOf(ip: string): Place {
  const plain = plainOf(ip);
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(plain) === 0) return 'never';
  const places = ['never', 'loopback', 'link-local', 'private'] as const;
  const found = places.find((place) => lists[place].check(plain, family));
  if (found || family === 'ipv4') return found ?? 'elsewhere';
  const clothes = CLOTHES.find(({ net }) => net.check(plain, 'ipv6'));
  const inside = clothes && parseIp(plain)?.subarray(clothes.at, clothes.at + 4);
  return inside ? placeOf(formatIp(inside)) : 'elsewhere';
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
