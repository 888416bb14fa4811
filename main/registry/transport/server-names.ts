import { isIP } from 'node:net';

/** The names of a certificate's subject alternative name extension that count for a server. */
export interface ServerNames {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
}

/** One entry of Node's `subjectaltname` text; values with odd characters come quoted (as JSON). */
const ENTRY = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/y;

/**
 * Reads Node's `subjectaltname`. Quoted values are left out: no host name needs quotes, and names that are
 * built to look like two entries do (CVE-2021-44532).
 */
export function readServerNames(subjectAltName: string | undefined): ServerNames {
  const dns: string[] = [];
  const ips: string[] = [];
  const entries = new RegExp(ENTRY);
  for (const match of matches(entries, subjectAltName ?? '')) {
    const [, type, value = ''] = match;
    if (value.startsWith('"')) continue;
    if (type === 'DNS') dns.push(value);
    if (type === 'IP Address') ips.push(value);
  }
  return { dns, ips };
}

/**
 * Whether a server with these names may answer for the host, by Go's rules: alternative names only, IP
 * addresses among the IP names only, a star for exactly one whole first label.
 * @param host without brackets
 */
export function namesInclude(names: ServerNames, host: string): boolean {
  if (isIP(host) !== 0) return names.ips.some((ip) => canonicalIp(ip) === canonicalIp(host));
  const labels = labelsOf(host);
  return names.dns.some((pattern) => {
    const wanted = labelsOf(pattern);
    return (
      wanted.length === labels.length &&
      wanted.every((label, index) => (index === 0 && label === '*') || label === labels[index])
    );
  });
}

function* matches(pattern: RegExp, text: string): Generator<RegExpExecArray> {
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) return;
    yield match;
  }
}

const labelsOf = (name: string): readonly string[] =>
  name.toLowerCase().replace(/\.$/, '').split('.');

function canonicalIp(ip: string): string {
  if (isIP(ip) === 4) return ip;
  return URL.canParse(`http://[${ip}]/`) ? new URL(`http://[${ip}]/`).hostname : ip;
}
