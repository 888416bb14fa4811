import { isIpHost, parseAddress } from '../../../shared/model/address.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { formatIp, parseIp } from '../x509/ip.ts';

/** Names that a certificate is to be good for, as openssl writes them: `DNS:reg.test`, `IP:10.0.0.1`. */
export type ServerNames = readonly [string, ...string[]];

const MOST = 20;

/**
 * The names for a new certificate: the one that the user typed, then those of the present certificate, so that
 * nobody who reaches the server by another name loses it. What a certificate says is text of a stranger: only
 * what looks like a name or an address goes into a command.
 */
export function serverNames(address: string, present: Certificate | undefined): ServerNames {
  const parts = parseAddress(address);
  const typed = isIpHost(parts) ? ipName(parts.host) : dnsName(parts.host);
  const dnsNames = (present?.dnsNames ?? []).flatMap((name) => dnsName(name) ?? []);
  const ips = (present?.ipAddresses ?? []).flatMap((ip) => ipName(ip) ?? []);
  // An address that the grammar lets through is always one of both.
  const first = typed ?? `DNS:${parts.host.toLowerCase()}`;
  const others = [...new Set([...dnsNames, ...ips])].filter((name) => name !== first);
  return [first, ...others.slice(0, MOST - 1)];
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function dnsName(name: string): string | undefined {
  const lower = name.toLowerCase();
  const [first = '', ...rest] = lower.split('.');
  const labels = first === '*' && rest.length > 0 ? rest : [first, ...rest];
  const isIp = parseIp(lower) !== undefined;
  return !isIp && lower.length <= 253 && labels.every((label) => LABEL.test(label))
    ? `DNS:${lower}`
    : undefined;
}

function ipName(ip: string): string | undefined {
  const bytes = parseIp(ip);
  return bytes && `IP:${formatIp(bytes)}`;
}
