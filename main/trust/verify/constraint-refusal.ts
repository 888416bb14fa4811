import { isIP } from 'node:net';
import type { ConstraintSide, IpRange } from '../x509/name-constraints.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { isDomain, parseMailbox } from './mailbox.ts';

/** What today's Go says of name constraints that it will not read; undefined when it takes no offence. */
export function refusalOfConstraints({ nameConstraints }: ReadCertificate): string | undefined {
  if (!nameConstraints) return undefined;
  return refusalOfSide(nameConstraints.permitted) ?? refusalOfSide(nameConstraints.excluded);
}

function refusalOfSide({ dnsNames, ipRanges, emails, uriDomains }: ConstraintSide) {
  const foreign = [...dnsNames, ...emails, ...uriDomains].find((text) => /[^\0-\x7f]/.test(text));
  if (foreign !== undefined) {
    const text = JSON.stringify(Buffer.from(foreign, 'latin1').toString());
    return `x509: invalid constraint value: x509: ${text} cannot be encoded as an IA5String`;
  }
  const [refusal] = [
    ...dnsNames.filter((name) => !isSubtree(name)).map((name) => cannotParse('dnsName', name)),
    ...ipRanges
      .filter((range) => !isNetwork(range))
      .map(
        ({ mask }) => `IP constraint contained invalid mask ${Buffer.from(mask).toString('hex')}`,
      ),
    ...emails
      .filter((email) => (email.includes('@') ? !parseMailbox(email) : !isSubtree(email)))
      .map((email) => cannotParse('rfc822Name', email)),
    ...uriDomains.flatMap((domain) => {
      if (isIP(domain) !== 0) return `${cannotParse('URI', domain)}: cannot be IP address`;
      return isSubtree(domain) ? [] : cannotParse('URI', domain);
    }),
  ];
  return refusal === undefined ? undefined : `x509: ${refusal}`;
}

const isSubtree = (domain: string) => isDomain(domain.replace(/^\./, ''));

/** The bits that are set come first (RFC 4632). */
const isNetwork = ({ mask }: IpRange) =>
  /^1*0*$/.test([...mask].map((octet) => octet.toString(2).padStart(8, '0')).join(''));

const cannotParse = (kind: string, text: string) =>
  `failed to parse ${kind} constraint ${JSON.stringify(text)}`;
