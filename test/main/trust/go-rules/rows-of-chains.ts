import { make, makeCa, type Row, UNKNOWN } from './row.ts';
import { possibly } from './rows-of-keys.ts';

const ca = makeCa();
const other = makeCa({ cn: 'Other CA' });
const rsa = makeCa({ key: 'rsa' });
const middle = makeCa({ cn: 'Middle', by: ca });
const lower = makeCa({ cn: 'Lower', by: middle });
const leaf = make({ by: middle });
const deep = make({ by: lower });
const pin = make();
const caPin = make({ ca: true });
const crossed = makeCa({ cn: 'Middle', by: other, keyOf: middle });
const one = makeCa({ cn: 'One' });
const two = makeCa({ cn: 'Two', by: one });
const oneByTwo = makeCa({ cn: 'One', by: two, keyOf: one });
const ed = makeCa({ key: 'ed25519' });
const p521 = makeCa({ key: 'p521' });

const wrongKindOf = (wanted: string, type: string) =>
  `x509: signature algorithm specifies an ${wanted} public key, but have public key of type ${type}`;

/** CAs of one name and key that differ in a name of their own, so that each may have signed each. */
const maze = Array.from({ length: 24 }, (_, i) => makeCa({ names: [`${i}.test`], keyOf: ca }));
const LIMIT = 'x509: signature check attempts limit reached while verifying certificate chain';

/** The way from a server’s certificate to one that is trusted. */
export const rowsOfChains: readonly Row[] = [
  { what: 'its CA', chain: [make({ by: ca })], trust: [ca] },
  { what: 'its CA, also shown', chain: [make({ by: ca }), ca], trust: [ca] },
  { what: 'another CA', chain: [make({ by: ca }), ca], trust: [other], after: UNKNOWN },
  { what: 'several CAs, among them its own', chain: [make({ by: ca })], trust: [other, rsa, ca] },
  { what: 'a missing intermediate', chain: [leaf], trust: [ca], after: UNKNOWN },
  { what: 'an intermediate', chain: [leaf, middle], trust: [ca] },
  { what: 'an intermediate and the CA', chain: [leaf, middle, ca], trust: [ca] },
  { what: 'an intermediate as the only root', chain: [leaf], trust: [middle] },
  { what: 'two intermediates', chain: [deep, lower, middle], trust: [ca] },
  { what: 'two intermediates in the wrong order', chain: [deep, middle, lower], trust: [ca] },
  { what: 'the missing one of two intermediates trusted', chain: [deep, lower], trust: [middle] },
  {
    what: 'strangers in the chain',
    chain: [leaf, other, rsa, middle],
    before: possibly(wrongKindOf('ECDSA', '*rsa.PublicKey')),
    trust: [ca],
  },
  { what: 'an intermediate only in the trusted file', chain: [leaf], trust: [middle, ca] },
  { what: 'cross-signed, the first CA trusted', chain: [leaf, middle, crossed], trust: [ca] },
  { what: 'cross-signed, the second CA trusted', chain: [leaf, middle, crossed], trust: [other] },
  { what: 'CAs that signed each other', chain: [make({ by: two }), two, oneByTwo], trust: [one] },
  {
    what: 'CAs that signed each other, none trusted',
    chain: [make({ by: two }), two, oneByTwo],
    trust: [other],
    after: UNKNOWN,
  },
  {
    what: 'a maze of CAs',
    chain: [make({ by: ca }), ...maze],
    before: LIMIT,
    trust: [other],
    after: LIMIT,
  },
  {
    what: 'a maze of CAs, one of them trusted',
    chain: [make({ by: ca }), ...maze],
    before: LIMIT,
    trust: [ca],
  },
  { what: 'a pinned self-signed leaf', chain: [pin], trust: [pin] },
  { what: 'a pinned self-signed leaf that is a CA', chain: [caPin], trust: [caPin] },
  { what: 'a pinned leaf of a CA', chain: [leaf], trust: [leaf] },
  { what: 'a pinned leaf without basic constraints', ...pinned({ ca: null }) },
  { what: 'a pinned leaf that may not sign', ...pinned({ ca: true, keyUsage: 0x80 }) },
  { what: 'a pinned leaf with an odd key usage', ...pinned({ keyUsage: 0x02 }) },
  {
    what: 'another pin of the same name',
    chain: [make()],
    trust: [make({ ca: true })],
    after: possibly('x509: ECDSA verification failure', 'reg.test'),
  },
  {
    what: 'a renewed pin of the same key',
    chain: [make({ keyOf: pin })],
    trust: [pin],
    after: UNKNOWN,
  },
  {
    what: 'a CA made anew, RSA',
    chain: [make({ by: rsa })],
    trust: [makeCa({ key: 'rsa' })],
    after: possibly('crypto/rsa: verification error'),
  },
  {
    what: 'a CA made anew, EC',
    chain: [make({ by: ca })],
    trust: [makeCa()],
    after: possibly('x509: ECDSA verification failure'),
  },
  {
    what: 'a CA made anew, P-521',
    chain: [make({ by: p521 })],
    trust: [makeCa({ key: 'p521' })],
    after: possibly('x509: ECDSA verification failure'),
  },
  {
    what: 'a CA made anew, Ed25519',
    chain: [make({ by: ed })],
    trust: [makeCa({ key: 'ed25519' })],
    after: possibly('x509: Ed25519 verification failure'),
  },
  {
    what: 'a CA made anew with a key of another kind',
    chain: [make({ by: rsa })],
    trust: [ca],
    after: possibly(wrongKindOf('RSA', '*ecdsa.PublicKey')),
  },
  {
    what: 'a CA made anew, also shown',
    chain: [make({ by: ca }), ca],
    trust: [makeCa()],
    after: possibly('x509: ECDSA verification failure'),
  },
  { what: 'a CA made anew beside the old one', chain: [make({ by: ca })], trust: [makeCa(), ca] },
];

function pinned(wish: Parameters<typeof make>[0]): Pick<Row, 'chain' | 'trust'> {
  const leaf = make(wish);
  return { chain: [leaf], trust: [leaf] };
}
