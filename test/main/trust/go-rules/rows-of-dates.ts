import { make, makeCa, on, type Row, UNKNOWN } from './row.ts';

const ca = makeCa();
const gone = { notBefore: on(-2), notAfter: on(-1) };
const coming = { notBefore: on(1), notAfter: on(2) };
const oldCa = makeCa(gone);
const newCa = makeCa(coming);
const oldPin = make(gone);
const newPin = make(coming);
const root = makeCa({ cn: 'Root' });
const oldMiddle = makeCa({ cn: 'Middle', by: root, ...gone });
const middleAgain = makeCa({ cn: 'Middle', by: root, keyOf: oldMiddle });
const renewed = makeCa({ keyOf: oldCa });
const ofOldMiddle = make({ by: oldMiddle });

const EXPIRED = 'x509: certificate has expired or is not yet valid: current time T is after T';
const EARLY = 'x509: certificate has expired or is not yet valid: current time T is before T';

/** Validity, of the server’s certificate and of its issuers. */
export const rowsOfDates: readonly Row[] = [
  {
    what: 'an expired leaf',
    chain: [make({ by: ca, ...gone })],
    before: EXPIRED,
    trust: [ca],
    after: EXPIRED,
  },
  {
    what: 'a leaf not yet valid',
    chain: [make({ by: ca, ...coming })],
    before: EARLY,
    trust: [ca],
    after: EARLY,
  },
  { what: 'an expired pin', chain: [oldPin], before: EXPIRED, trust: [oldPin], after: EXPIRED },
  { what: 'a pin not yet valid', chain: [newPin], before: EARLY, trust: [newPin], after: EARLY },
  {
    what: 'an expired leaf with a wrong name',
    chain: [make({ by: ca, names: ['a.test'], ...gone })],
    before: EXPIRED,
    trust: [ca],
    after: EXPIRED,
  },
  { what: 'an expired CA', chain: [make({ by: oldCa })], trust: [oldCa], after: EXPIRED },
  {
    what: 'an expired CA, also shown',
    chain: [make({ by: oldCa }), oldCa],
    before: EXPIRED,
    trust: [oldCa],
    after: EXPIRED,
  },
  { what: 'a CA not yet valid', chain: [make({ by: newCa })], trust: [newCa], after: EARLY },
  {
    what: 'an expired CA beside its renewal',
    chain: [make({ by: oldCa })],
    trust: [oldCa, renewed],
  },
  {
    what: 'a renewed CA shown, the expired one trusted',
    chain: [make({ by: oldCa }), renewed],
    trust: [oldCa],
    after: UNKNOWN,
  },
  {
    what: 'an expired intermediate',
    chain: [ofOldMiddle, oldMiddle],
    before: EXPIRED,
    trust: [root],
    after: EXPIRED,
  },
  {
    what: 'an expired intermediate beside its renewal',
    chain: [ofOldMiddle, oldMiddle, middleAgain],
    trust: [root],
  },
  {
    what: 'an expired intermediate after its renewal',
    chain: [ofOldMiddle, middleAgain, oldMiddle],
    before: EXPIRED,
    trust: [root],
  },
];
