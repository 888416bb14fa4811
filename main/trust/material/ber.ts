import { DerError, type DerValue, readDer } from '../x509/der.ts';

/** Nested deeper than this is no file that any program makes; the second is for the pieces of an octet string. */
const DEEPEST = 32;
const DEEPEST_PIECES = 2;

/** More values than this in one go are nothing that any program writes; reading them again and again takes time. */
const MOST_VALUES = 20_000;

/** How many values may still be read. */
interface Budget {
  left: number;
}

/**
 * Reads the first value like `readDer`, but also values of indefinite length (X.690, 8.1.3.6), which programs that
 * write PKCS#7 and PKCS#12 in one pass use. The certificates inside stay the bytes they are.
 * @throws DerError
 */
export function readBer(bytes: Uint8Array): DerValue {
  return readWithin(bytes, { left: MOST_VALUES }, 0);
}

function readWithin(bytes: Uint8Array, budget: Budget, depth: number): DerValue {
  budget.left -= 1;
  if (budget.left < 0) throw new DerError('too many values');
  if (bytes[1] !== 0x80) return readDer(bytes);
  const [tag = 0] = bytes;
  if (depth > DEEPEST || (tag & 0x20) === 0) throw new DerError('indefinite length');
  for (let at = 2; ; ) {
    const rest = bytes.subarray(at);
    if (rest[0] === 0 && rest[1] === 0) {
      return { tag, body: bytes.subarray(2, at), raw: bytes.subarray(0, at + 2) };
    }
    at += readWithin(rest, budget, depth + 1).raw.length;
  }
}

/** Reads the values that stand one after the other. @throws DerError */
function readBerList(bytes: Uint8Array): readonly DerValue[] {
  const values: DerValue[] = [];
  const budget = { left: MOST_VALUES };
  for (let at = 0; at < bytes.length; ) {
    const value = readWithin(bytes.subarray(at), budget, 0);
    values.push(value);
    at += value.raw.length;
  }
  return values;
}

/** Reads the members of a SEQUENCE, a SET or an explicit tag. @throws DerError */
export function readMembers(value: DerValue | undefined): readonly DerValue[] {
  if (!value || (value.tag & 0x20) === 0) throw new DerError('not constructed');
  return readBerList(value.body);
}

/**
 * Reads the contents of an OCTET STRING, also one that is cut in pieces (X.690, 8.7.3), and whichever tag stands
 * in the place of its own. @throws DerError
 */
export function readOctets(value: DerValue | undefined, depth = 0): Uint8Array {
  if (!value || depth > DEEPEST_PIECES) throw new DerError('octet string');
  if ((value.tag & 0x20) === 0) return value.body;
  return Buffer.concat(readBerList(value.body).map((piece) => readOctets(piece, depth + 1)));
}
