import { BlockList, isIP } from 'node:net';
import { isLoopback, parseAddress } from '../../shared/model/address.ts';
import type { Proof } from '../../shared/model/consumer.ts';
import type { EngineInfo } from './engine-facts.ts';

/** Finds the IP addresses of a host; none when there are none. */
export type LookUp = (host: string) => Promise<readonly string[]>;

const loopback = blockListOf(['127.0.0.0/8', '::1/128']);

/**
 * Why this engine would accept anything at that address, so that its answer proves no trust; null when it checks.
 * Docker takes loopback addresses, names that stand for one and whatever is listed under `insecure-registries` as
 * they are, and falls back to plain HTTP there.
 */
export async function whyLenient(
  address: string,
  { RegistryConfig }: EngineInfo,
  lookUp: LookUp,
): Promise<Extract<Proof['reason'], 'loopback' | 'insecure-registry'> | null> {
  if (isLoopback(address)) return 'loopback';
  if (RegistryConfig.IndexConfigs[address]?.Secure === false) return 'insecure-registry';
  const { host } = parseAddress(address);
  const ips = isIP(host) ? [host] : await lookUp(host);
  if (ips.some((ip) => contains(loopback, ip))) return 'loopback';
  const insecure = blockListOf(RegistryConfig.InsecureRegistryCIDRs);
  return ips.some((ip) => contains(insecure, ip)) ? 'insecure-registry' : null;
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', prefix = ''] = range.split('/');
    const family = familyOf(net);
    if (family && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 'ipv4' ? 32 : 128)) {
      list.addSubnet(net, Number(prefix), family);
    }
  }
  return list;
}

function contains(list: BlockList, ip: string): boolean {
  const family = familyOf(ip);
  return family !== undefined && list.check(ip, family);
}

function familyOf(ip: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(ip);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
