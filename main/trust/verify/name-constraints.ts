import { formatIp, unmapIp } from '../x509/ip.ts';
import type { IpRange, NameConstraints } from '../x509/name-constraints.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';

/**
 * Whether a CA's name constraints allow the names of a certificate below it (crypto/x509
 * checkNameConstraints), for DNS names and IP addresses.
 * @returns Go's words for the first name that is not allowed, or undefined
 */
export function checkNameConstraints(
  constraints: NameConstraints,
  below: ReadCertificate,
): string | undefined {
  const { dnsNames = [], ips = [] } = below.alternativeNames ?? {};
  const { permitted, excluded } = constraints;
  return (
    firstFault(dnsNames, (name) =>
      faultOf('DNS name', name, excluded.dnsNames, permitted.dnsNames, String, (constraint) =>
        isInDomain(name, constraint),
      ),
    ) ??
    firstFault(ips, (ip) =>
      faultOf('IP address', formatIp(ip), excluded.ipRanges, permitted.ipRanges, rangeText, (r) =>
        isInRange(ip, r),
      ),
    )
  );
}

function firstFault<N>(names: readonly N[], check: (name: N) => string | undefined) {
  for (const name of names) {
    const fault = check(name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf<C>(
  kind: string,
  name: string,
  excluded: readonly C[],
  permitted: readonly C[],
  text: (constraint: C) => string,
  matches: (constraint: C) => boolean,
): string | undefined {
  const excluding = excluded.find(matches);
  if (excluding !== undefined) {
    return `${kind} "${name}" is excluded by constraint "${text(excluding)}"`;
  }
  return permitted.length > 0 && !permitted.some(matches)
    ? `${kind} "${name}" is not permitted by any constraint`
    : undefined;
}

/** Go's matchDomainConstraint: a leading dot asks for at least one more label; nothing at all matches everything. */
function isInDomain(name: string, constraint: string): boolean {
  if (constraint === '') return true;
  const onlyBelow = constraint.startsWith('.');
  const domain = labelsOf(onlyBelow ? constraint.slice(1) : constraint);
  const labels = labelsOf(name);
  if (labels.length < domain.length || (onlyBelow && labels.length === domain.length)) return false;
  return domain.every((label, index) => label === labels[index]);
}

const labelsOf = (name: string) => name.toLowerCase().split('.').reverse();

function isInRange(ip: Uint8Array, { address, mask }: IpRange): boolean {
  const bytes = address.length === 4 ? unmapIp(ip) : ip;
  return (
    bytes.length === address.length &&
    bytes.every((byte, i) => (byte & (mask[i] ?? 0)) === ((address[i] ?? 0) & (mask[i] ?? 0)))
  );
}

function rangeText({ address, mask }: IpRange): string {
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return `${formatIp(address)}/${bits.replace(/0+$/, '').length}`;
}
