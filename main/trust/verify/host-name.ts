import { parseIp, unmapIp } from '../x509/ip.ts';
import { attributeOf } from '../x509/names.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';

/**
 * Whether the certificate is for this host, by Go's rules (crypto/x509 VerifyHostname): an IP address counts
 * only among IP names, a DNS name only among DNS names; the common name never counts.
 * @param host a DNS name or an IP address without brackets
 */
export function matchesHost(certificate: ReadCertificate, host: string): boolean {
  const { dnsNames = [], ips = [] } = certificate.alternativeNames ?? {};
  const ip = parseIp(host);
  if (ip) return ips.some((candidate) => Buffer.compare(unmapIp(candidate), unmapIp(ip)) === 0);
  const name = host.toLowerCase();
  return dnsNames.some((pattern) =>
    isHostName(name, false) && isHostName(pattern, true)
      ? matchesPattern(pattern, name)
      : matchesExactly(pattern, name),
  );
}

/** Whether the certificate names this host in the field that browsers and Docker gave up years ago. */
export function matchesCommonName({ subject }: ReadCertificate, host: string): boolean {
  return matchesPattern(attributeOf(subject, 'CN'), host);
}

function isHostName(name: string, isPattern: boolean): boolean {
  const text = isPattern ? name : name.replace(/\.$/, '');
  if (text === '' || text === '*') return false;
  return text
    .split('.')
    .every(
      (label, index) =>
        (isPattern && index === 0 && label === '*') || /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(label),
    );
}

function matchesExactly(pattern: string, name: string): boolean {
  return pattern !== '' && pattern !== '.' && pattern.toLowerCase() === name;
}

/** A star stands for exactly one label, the first. */
function matchesPattern(pattern: string, name: string): boolean {
  const patternLabels = pattern.toLowerCase().split('.');
  const labels = name.toLowerCase().replace(/\.$/, '').split('.');
  return (
    pattern !== '' &&
    name !== '' &&
    patternLabels.length === labels.length &&
    patternLabels.every((label, index) => (index === 0 && label === '*') || label === labels[index])
  );
}
