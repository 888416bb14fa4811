import { formatIp } from '../x509/ip.ts';
import type { NameConstraints } from '../x509/name-constraints.ts';
import type { AlternativeNames } from '../x509/names.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { hostOfUri } from './host-of-uri.ts';
import { isDomain, parseMailbox } from './mailbox.ts';
import { isDomainIn, isIpIn, isMailboxIn, rangeText, wildcardMeets } from './name-ranges.ts';

/**
 * Whether the name constraints of the issuers in a chain allow all names below them, by the rules and in the order
 * of today's Go (crypto/x509 checkChainConstraints, since 1.26): each certificate's IP addresses, DNS names, URIs and
 * e-mail addresses; what is permitted before what is excluded.
 * @param chain leaf first
 * @returns Go's words for the first name that is not allowed, or undefined
 */
export function checkNameConstraints(chain: readonly ReadCertificate[]): string | undefined {
  for (const [index, { alternativeNames }] of chain.entries()) {
    const constraints = chain.slice(index + 1).flatMap((issuer) => issuer.nameConstraints ?? []);
    if (!alternativeNames || constraints.length === 0) continue;
    const fault =
      findUnfit(alternativeNames) ??
      firstFault(constraints, (constraint) => checkNames(alternativeNames, constraint));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The first name that could not be compared at all. */
function findUnfit({ uris, emails }: AlternativeNames): string | undefined {
  return (
    firstFault(uris, (uri) => {
      const host = hostOfUri(uri);
      return typeof host === 'string' ? undefined : host.fault;
    }) ??
    firstFault(emails, (email) =>
      parseMailbox(email) ? undefined : `cannot parse rfc822Name ${JSON.stringify(email)}`,
    )
  );
}

function checkNames(
  { ips, dnsNames, uris, emails }: AlternativeNames,
  { permitted, excluded }: NameConstraints,
): string | undefined {
  return (
    firstFault(ips, (ip) => {
      const covers = isIpIn(ip);
      const excluding = excluded.ipRanges.filter(covers).map(rangeText);
      return faultOf(
        'IP address',
        formatIp(ip),
        isAmong(permitted.ipRanges, covers),
        widest(excluding, (text) => Number(text.split('/')[1])),
      );
    }) ??
    firstFault(dnsNames, (name) => {
      if (!isDomain(name)) return `x509: cannot parse dnsName ${JSON.stringify(name)}`;
      const covers = isDomainIn(name);
      const meets = wildcardMeets(name);
      const excluding =
        widest(excluded.dnsNames.filter(covers)) ??
        excluded.dnsNames.findLast(meets)?.toLowerCase();
      return faultOf('DNS name', name, isAmong(permitted.dnsNames, covers), excluding);
    }) ??
    firstFault(uris, (uri) => {
      const host = hostOfUri(uri);
      const covers = isDomainIn(typeof host === 'string' ? host : '');
      const excluding = widest(excluded.uriDomains.filter(covers));
      return faultOf('URI', uri, isAmong(permitted.uriDomains, covers), excluding);
    }) ??
    firstFault(emails, (email) => {
      const mailbox = parseMailbox(email);
      const covers = isMailboxIn(mailbox);
      const excluding = widest(excluded.emails.filter(covers));
      const name = mailbox ? `${mailbox.local}@${mailbox.domain}` : email;
      return faultOf('email address', name, isAmong(permitted.emails, covers), excluding);
    })
  );
}

function firstFault<N>(names: readonly N[], check: (name: N) => string | undefined) {
  for (const name of names) {
    const fault = check(name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Where nothing is permitted of a kind, nothing of it is restricted. */
function isAmong<C>(permitted: readonly C[], covers: (constraint: C) => boolean): boolean {
  return permitted.length === 0 || permitted.some(covers);
}

/** Go drops constraints that lie within others, so it names the widest one. */
function widest(texts: readonly string[], size = (text: string) => text.length) {
  return texts.toSorted((a, b) => size(a) - size(b))[0];
}

function faultOf(kind: string, name: string, isPermitted: boolean, excluding: string | undefined) {
  const subject = `${kind} ${JSON.stringify(name)}`;
  if (!isPermitted) return `${subject} is not permitted by any constraint`;
  return excluding === undefined
    ? undefined
    : `${subject} is excluded by constraint ${JSON.stringify(excluding)}`;
}
