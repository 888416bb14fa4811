import { make, makeCa, NAME, type Row, sinceOld } from './row.ts';
import { possibly } from './rows-of-keys.ts';

const SERVER = '1.3.6.1.5.5.7.3.1';
const CLIENT = '1.3.6.1.5.5.7.3.2';
const EMAIL = '1.3.6.1.5.5.7.3.4';
const ANY = '2.5.29.37.0';
const ca = makeCa();
const CANNOT_SIGN =
  'x509: invalid signature: parent certificate cannot sign this kind of certificate';
const USAGE = 'x509: certificate specifies an incompatible key usage';
const TOO_MANY = 'x509: too many intermediates for path length constraint';
const NOT_AUTHORIZED = 'x509: certificate is not authorized to sign other certificates';
const CRITICAL = 'x509: unhandled critical extension';

/** A leaf of this CA, which is trusted. */
function of(wish: Parameters<typeof makeCa>[0], leafWish = {}): Pick<Row, 'chain' | 'trust'> {
  const root = makeCa(wish);
  return { chain: [make({ by: root, ...leafWish })], trust: [root] };
}

/** A leaf of an intermediate of this kind, below a CA of that kind, which is trusted. */
function below(middleWish: object, rootWish = {}): Pick<Row, 'chain' | 'trust'> {
  const root = makeCa(rootWish);
  const middle = makeCa({ cn: 'Middle', by: root, ...middleWish });
  return { chain: [make({ by: middle }), middle], trust: [root] };
}

const SAID = `DNS name "${NAME}" is not permitted by any constraint`;
const NOT_PERMITTED = `x509: a root or intermediate certificate is not authorized to sign for this name: ${SAID}`;

/** Two CAs of one name and key, trusted both: one cannot sign for servers, the other not for this name. */
function twoFaults(): Pick<Row, 'chain' | 'trust'> {
  const forClients = makeCa({ eku: [CLIENT] });
  const elsewhere = makeCa({ permitted: ['corp.test'], keyOf: forClients });
  return { chain: [make({ by: forClients })], trust: [forClients, elsewhere] };
}

/** What an issuer may do, and what a certificate is for. */
export const rowsOfAuthority: readonly Row[] = [
  { what: 'a CA without basic constraints', ...of({ ca: null }), after: possibly(CANNOT_SIGN) },
  { what: 'a CA with CA:FALSE', ...of({ ca: false }), after: possibly(CANNOT_SIGN) },
  {
    what: 'a CA that may not sign certificates',
    ...of({ keyUsage: 0x80 }),
    after: possibly(CANNOT_SIGN),
  },
  { what: 'a CA of version 1', ...of({ version: 1 }) },
  { what: 'a CA with an empty key usage', ...of({ keyUsage: 0 }) },
  {
    what: 'an intermediate without basic constraints',
    ...below({ ca: null }),
    before: possibly(CANNOT_SIGN, 'Middle'),
    after: possibly(CANNOT_SIGN, 'Middle'),
  },
  {
    what: 'an intermediate with CA:FALSE',
    ...below({ ca: false }),
    before: possibly(CANNOT_SIGN, 'Middle'),
    after: possibly(CANNOT_SIGN, 'Middle'),
  },
  {
    what: 'an intermediate of version 1',
    ...below({ version: 1 }),
    before: NOT_AUTHORIZED,
    after: NOT_AUTHORIZED,
  },
  { what: 'a path length that is kept', ...of({ pathLength: 0 }) },
  { what: 'a path length of one that is kept', ...below({ pathLength: 0 }, { pathLength: 1 }) },
  { what: 'a path length that is exceeded', ...below({}, { pathLength: 0 }), after: TOO_MANY },
  { what: 'a CA for servers', ...of({ eku: [SERVER] }) },
  { what: 'a CA for any use', ...of({ eku: [ANY] }) },
  { what: 'a CA for clients only', ...of({ eku: [CLIENT] }), after: USAGE },
  { what: 'a CA for an unknown use only', ...of({ eku: ['1.2.3.4.5'] }), after: USAGE },
  { what: 'an intermediate for e-mail only', ...below({ eku: [EMAIL] }), after: USAGE },
  // Go 1.19 looks at names while it builds chains, today's Go at whole chains, usage first.
  {
    what: 'a CA for clients only, for another name',
    ...of({ eku: [CLIENT], permitted: ['corp.test'] }),
    after: sinceOld(NOT_PERMITTED, USAGE),
  },
  { what: 'CAs with one fault each', ...twoFaults(), after: sinceOld(USAGE, NOT_PERMITTED) },
  { what: 'a leaf for servers and clients', ...of({}, { eku: [CLIENT, SERVER] }) },
  { what: 'a leaf for any use', ...of({}, { eku: [ANY] }) },
  { what: 'a leaf for clients only', ...of({}, { eku: [CLIENT] }), after: USAGE },
  { what: 'a leaf for an unknown use only', ...of({}, { eku: ['1.2.3.4.5'] }), after: USAGE },
  {
    what: 'a leaf whose use the CA lacks',
    ...of({ eku: [CLIENT] }, { eku: [SERVER] }),
    after: USAGE,
  },
  {
    what: 'a critical extension of the leaf',
    chain: [make({ by: ca, critical: '1.2.3.4' })],
    before: CRITICAL,
    trust: [ca],
    after: CRITICAL,
  },
  { what: 'a critical extension of the CA', ...of({ critical: '1.2.3.4' }), after: CRITICAL },
  {
    what: 'a critical extension of an intermediate',
    ...below({ critical: '1.2.3.4' }),
    before: CRITICAL,
    after: CRITICAL,
  },
];
