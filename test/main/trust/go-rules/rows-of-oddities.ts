import { bits, bool, extension, seq, tlv } from '../write-der.ts';
import {
  ACCEPTED,
  IP,
  make,
  makeCa,
  NAME,
  type Row,
  sinceOld,
  UNKNOWN,
  type Words,
} from './row.ts';
import { possibly } from './rows-of-keys.ts';

type Wish = NonNullable<Parameters<typeof make>[0]>;

const ca = makeCa();
const NO_NAME = `x509: certificate is not valid for any names, but wanted to match ${NAME}`;
const notParsed = (why: string) => `tls: failed to parse certificate from server: x509: ${why}`;

/** Odd certificates of servers that nobody minds. */
const harmless: Readonly<Record<string, Wish>> = {
  'a DNS name with a control character': { names: [NAME, 'dns:a\u0007.test'] },
  'a DNS name with a leading dot': { names: [NAME, 'dns:.a.test'] },
  'an empty DNS name': { names: [NAME, 'dns:'] },
  'a negative serial number': { serial: -1 },
  'the serial number zero': { serial: 0 },
  'a path length without CA:TRUE': { ca: false, pathLength: 0 },
  'CA:FALSE written out': { ca: null, extra: [extension('2.5.29.19', seq(bool(false)))] },
  'an empty extended key usage': { eku: [] },
  'a key usage of two bytes': {
    extra: [extension('2.5.29.15', bits(Buffer.from([0x80, 0x00])), true)],
  },
  'an empty key identifier': { extra: [extension('2.5.29.14', tlv(4))] },
  'a critical flag of FALSE': {
    extra: [seq(Buffer.from('06032a0304', 'hex'), bool(false), tlv(4, seq()))],
  },
};

/** What Go does not even parse, with its reason. */
const unparsable: Readonly<Record<string, readonly [why: string, wish: Wish]>> = {
  'an IP address of five bytes': [
    'cannot parse IP address of length 5',
    { names: [NAME, 'raw:87050a4d000101'] },
  ],
  'a DNS name beyond ASCII': ['SAN dNSName is malformed', { names: [NAME, 'dns:büro.test'] }],
  'an e-mail address beyond ASCII': [
    'SAN rfc822Name is malformed',
    { names: [NAME, 'email:bü@x.test'] },
  ],
  'a URI beyond ASCII': [
    'SAN uniformResourceIdentifier is malformed',
    { names: [NAME, 'uri:http://bü/'] },
  ],
  'a URI with an odd host': [
    'cannot parse URI "http://a..b/": invalid domain',
    { names: [NAME, 'uri:http://a..b/'] },
  ],
};

/** The same, since a later Go than 1.19. */
const unparsableNow: typeof unparsable = {
  'an IPv4 address in IPv6 clothes': [
    'SAN iPAddress contains IPv4-mapped IPv6 address',
    { names: [NAME, `::ffff:${IP}`] },
  ],
  'a critical subject key identifier': [
    'subject key identifier incorrectly marked critical',
    { extra: [extension('2.5.29.14', tlv(4, Buffer.from('a')), true)] },
  ],
  'a critical authority key identifier': [
    'authority key identifier incorrectly marked critical',
    { extra: [extension('2.5.29.35', seq(tlv(0x80, Buffer.from('a'))), true)] },
  ],
};

const cannot = (kind: string, text: string) => `failed to parse ${kind} constraint "${text}"`;

/** CAs that Go does not parse: showing one is enough, also where nothing depends on it. */
const unparsableCas: typeof unparsable = {
  'a curve that Go does not know': ['unsupported elliptic curve', { key: 'secp256k1' }],
  'a mask with a hole': [
    'IP constraint contained invalid mask ff00ff00',
    { permitted: ['10.0.0.0/255.0.255.0'] },
  ],
  'a DNS constraint with two dots': [cannot('dnsName', 'a..test'), { permitted: ['a..test'] }],
  'a DNS constraint with a dot behind': [cannot('dnsName', 'test.'), { excluded: ['test.'] }],
  'an e-mail constraint that is none': [cannot('rfc822Name', '@@'), { permitted: ['email:@@'] }],
  'an e-mail constraint with two dots': [
    cannot('rfc822Name', 'a..b'),
    { permitted: ['email:a..b'] },
  ],
  'a URI constraint with two dots': [cannot('URI', 'a..b'), { permitted: ['uri:a..b'] }],
  'a URI constraint with an IP address': [
    `${cannot('URI', '10.0.0.1')}: cannot be IP address`,
    { permitted: ['uri:10.0.0.1'] },
  ],
  'a constraint beyond ASCII': [
    'invalid constraint value: x509: "bü" cannot be encoded as an IA5String',
    { permitted: ['dns:bü'] },
  ],
};

const TWICE = 'certificate contains duplicate extensions';
const TWICE_NOW = 'certificate contains duplicate extension with OID "2.5.29.19"';
const refused = makeCa({ key: 'secp256k1' });

/** What certificates seldom say. */
export const rowsOfOddities: readonly Row[] = [
  ...Object.entries(harmless).map(([what, wish]) => odd(what, wish, UNKNOWN, ACCEPTED)),
  ...Object.entries(unparsable).map(([what, [why, wish]]) =>
    odd(what, wish, notParsed(why), notParsed(why)),
  ),
  ...Object.entries(unparsableNow).map(([what, [why, wish]]) =>
    odd(what, wish, sinceOld(UNKNOWN, notParsed(why)), sinceOld(ACCEPTED, notParsed(why))),
  ),
  ...Object.entries(unparsableCas).map(([what, [why, wish]]) => ({
    what: `a stranger in the chain: ${what}`,
    chain: [make({ by: ca }), makeCa({ cn: 'Stranger', ...wish })],
    before: notParsed(why),
    trust: [ca],
    after: notParsed(why),
  })),
  {
    what: 'a trusted CA that Go does not parse',
    chain: [make({ by: refused })],
    trust: [refused],
    after: { 'containerd pull': 'unable to load CA cert', others: UNKNOWN },
  },
  {
    what: 'a stranger with a kind of key that Go does not know',
    chain: [make({ by: ca }), makeCa({ key: 'ed448' })],
    before: sinceOld(possibly('x509: cannot verify signature: algorithm unimplemented'), UNKNOWN),
    trust: [ca],
  },
  odd(
    'an extension twice',
    { extra: [extension('2.5.29.19', seq())] },
    sinceOld(notParsed(TWICE), notParsed(TWICE_NOW)),
    sinceOld(notParsed(TWICE), notParsed(TWICE_NOW)),
  ),
  odd('no name at all', { names: [] }, NO_NAME, NO_NAME),
  odd('only a directory name', { names: ['raw:a4023000'] }, NO_NAME, NO_NAME),
];

function odd(what: string, wish: Wish, before: Words, after: Words): Row {
  return { what, chain: [make({ by: ca, ...wish })], before, trust: [ca], after };
}
