/** One value of DER (X.690): its tag octet, its contents, and all its octets with the header. */
export interface DerValue {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly raw: Uint8Array;
}

/** Tag octets that certificates use. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Bytes that are no DER, or not what was expected of them. They come from a server, so this is no bug. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

/** Reads the first value. @throws DerError */
export function readDer(bytes: Uint8Array): DerValue {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined) throw new DerError('cut short');
  if ((tag & 0x1f) === 0x1f) throw new DerError('long tag');
  const extra = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || extra > 4) throw new DerError('length');
  let length = first < 0x80 ? first : 0;
  for (const octet of bytes.subarray(2, 2 + extra)) length = length * 256 + octet;
  const start = 2 + extra;
  if (start + length > bytes.length) throw new DerError('cut short');
  return {
    tag,
    body: bytes.subarray(start, start + length),
    raw: bytes.subarray(0, start + length),
  };
}

/** Reads the values that stand one after the other. @throws DerError */
export function readDerList(bytes: Uint8Array): readonly DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = readDer(bytes.subarray(at));
    values.push(value);
    at += value.raw.length;
  }
  return values;
}

/** Checks the tag of a value that must be there. @throws DerError */
export function expectTag(value: DerValue | undefined, tag: number): DerValue {
  if (value?.tag !== tag) throw new DerError(`tag ${value?.tag ?? 'missing'}, not ${tag}`);
  return value;
}

/** Reads the members of a SEQUENCE. @throws DerError */
export function readSequence(bytes: Uint8Array): readonly DerValue[] {
  return readDerList(expectTag(readDer(bytes), tags.sequence).body);
}

/** Reads an OBJECT IDENTIFIER as dotted numbers. @throws DerError */
export function readObjectId(value: DerValue | undefined): string {
  const { body } = expectTag(value, tags.objectId);
  const numbers: number[] = [];
  let current = 0;
  for (const octet of body) {
    current = current * 128 + (octet & 0x7f);
    if (octet & 0x80) continue;
    numbers.push(current);
    current = 0;
  }
  const [first = 0, ...rest] = numbers;
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...rest].join('.');
}

/** Reads a small INTEGER that is not negative; bigger ones become `Infinity`. @throws DerError */
export function readSmallInteger(value: DerValue | undefined): number {
  const { body } = expectTag(value, tags.integer);
  if (body.length === 0 || (body[0] ?? 0) & 0x80) throw new DerError('integer');
  return body.length > 6 ? Number.POSITIVE_INFINITY : body.reduce((sum, o) => sum * 256 + o, 0);
}

/** Reads UTCTime or GeneralizedTime as RFC 5280, 4.1.2.5 has them, in milliseconds since 1970. @throws DerError */
export function readTime(value: DerValue | undefined): number {
  const text = Buffer.from(value?.body ?? []).toString('latin1');
  const short = value?.tag === tags.utcTime;
  const pattern = short
    ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/
    : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
  const match = pattern.exec(text);
  if (!match || !(short || value?.tag === tags.generalizedTime)) throw new DerError('time');
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const fullYear = short ? year + (year < 50 ? 2000 : 1900) : year;
  return Date.UTC(fullYear, month - 1, day, hour, minute, second);
}
