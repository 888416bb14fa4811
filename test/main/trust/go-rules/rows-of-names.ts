import { ACCEPTED, IP, IPV6, make, makeCa, NAME, type Row, UNKNOWN } from './row.ts';

const ca = makeCa();
const named = (names: readonly string[] | null, cn = 'x') => [make({ names, cn, by: ca })];

/** Names that are right, and so are mended by trust. */
const right: readonly Row[] = [
  { what: 'the name among others', chain: named(['a.test', NAME, '10.0.0.1']) },
  { what: 'a wildcard', chain: named(['*.test']) },
  { what: 'the name in capitals, in the certificate', chain: named([NAME.toUpperCase()]) },
  { what: 'the name in capitals, as dialled', chain: named([NAME]), host: NAME.toUpperCase() },
  { what: 'the name beside one with an underscore', chain: named(['a_b.test', NAME]) },
  { what: 'the IP address', chain: named([IP]), host: IP },
  { what: 'the IPv6 address', chain: named([IPV6]), host: IPV6 },
  { what: 'no subject at all', chain: [make({ cn: '', o: '', by: ca })] },
];

const notFor = (names: string, wanted = NAME) =>
  `x509: certificate is valid for ${names}, not ${wanted}`;
const LEGACY = 'x509: certificate relies on legacy Common Name field, use SANs instead';
const forNoName = `x509: certificate is not valid for any names, but wanted to match ${NAME}`;
const noIp = (ip: string) =>
  `x509: cannot validate certificate for ${ip} because it doesn't contain any IP SANs`;

/** Names that are wrong, which is said before and after trust. */
const wrong: readonly (Row & { readonly before: string })[] = [
  { what: 'other names', chain: named(['a.test', 'b.test']), before: notFor('a.test, b.test') },
  { what: 'a wildcard for more', chain: named(['*.a.test']), before: notFor('*.a.test') },
  { what: 'a lone star', chain: named(['*']), before: notFor('*') },
  { what: 'a star within', chain: named(['mach*.test']), before: notFor('mach*.test') },
  { what: 'the name with a dot behind', chain: named([`${NAME}.`]), before: notFor(`${NAME}.`) },
  { what: 'the name with blanks', chain: named([` ${NAME}`]), before: notFor(` ${NAME}`) },
  { what: 'only an IP address', chain: named([IP]), before: forNoName },
  { what: 'only an e-mail address', chain: named([`email:a@${NAME}`]), before: forNoName },
  { what: 'only a URI', chain: named([`uri:https://${NAME}/`]), before: forNoName },
  { what: 'only a common name', chain: named(null, NAME), before: LEGACY },
  { what: 'a wildcard as common name', chain: named(null, '*.test'), before: LEGACY },
  { what: 'another common name', chain: named(null), before: forNoName },
  {
    what: 'the common name beside others',
    chain: named(['a.test'], NAME),
    before: notFor('a.test'),
  },
  { what: 'no IP address', chain: named([NAME]), host: IP, before: noIp(IP) },
  {
    what: 'the IP address as a DNS name',
    chain: named([`dns:${IP}`]),
    host: IP,
    before: noIp(IP),
  },
  { what: 'the IP address as common name', chain: named(null, IP), host: IP, before: LEGACY },
  {
    what: 'other IP addresses',
    chain: named(['10.0.0.1', 'fd00::1']),
    host: IP,
    before: notFor('10.0.0.1, fd00::1', IP),
  },
  { what: 'no IPv6 address', chain: named([NAME]), host: IPV6, before: noIp(IPV6) },
  {
    what: 'another IPv6 address',
    chain: named(['fd77::2']),
    host: IPV6,
    before: notFor('fd77::2', IPV6),
  },
];

/** The names in a server’s certificate. */
export const rowsOfNames: readonly Row[] = [
  ...right.map((row) => said(row, UNKNOWN, ACCEPTED)),
  ...wrong.map((row) => said(row, row.before, row.before)),
];

/** Docker Engine 20.10 signs in to IPv6 addresses, but has no way to write an image that is there. */
function said(row: Row, before: string, after: string): Row {
  const unwritable = { 'old pull': 'invalid reference format' };
  const byHost = (words: string) =>
    row.host?.includes(':') ? { ...unwritable, others: words } : words;
  return { ...row, before: byHost(before), trust: [ca], after: byHost(after) };
}
