import { replaceInvisible } from '../../../shared/model/plain-text.ts';
import { type DerValue, readDer, readDerList, readObjectId, readSequence } from './der.ts';

const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'E',
};

/** One attribute of a distinguished name. */
interface Attribute {
  readonly type: string;
  readonly value: string;
}

/** Reads a distinguished name's attributes, in the order of the encoding. @throws DerError */
function readAttributes(name: Uint8Array): readonly Attribute[] {
  return readSequence(name).flatMap((set) =>
    readDerList(set.body).map((pair) => {
      const [oid, value] = readDerList(pair.body);
      const type = readObjectId(oid);
      return { type: SHORT_NAMES[type] ?? type, value: value ? readText(value) : '' };
    }),
  );
}

/** Writes a distinguished name in one line, most specific part first. @param name DER @throws DerError */
export function nameInOneLine(name: Uint8Array): string {
  return readAttributes(name)
    .toReversed()
    .map(({ type, value }) => `${type}=${value.replace(/[\\,+]/g, '\\$&')}`)
    .join(', ');
}

/** The attribute of a distinguished name that Go would show: last common name, first organization. @throws DerError */
export function attributeOf(name: Uint8Array, type: 'CN' | 'O'): string {
  const values = readAttributes(name).filter((attribute) => attribute.type === type);
  return (type === 'CN' ? values.at(-1) : values[0])?.value ?? '';
}

/** Reads one of the string types of X.680; what a terminal or a bidirectional text could misuse is replaced. */
function readText({ tag, body }: DerValue): string {
  return printable(decode(tag, Buffer.from(body)));
}

function decode(tag: number, bytes: Buffer): string {
  if (tag === 0x1e)
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  return bytes.toString(tag === 0x14 ? 'latin1' : 'utf8');
}

/** Replaces control and direction characters: names in certificates are text from a server. */
function printable(text: string): string {
  return replaceInvisible(text, '\ufffd');
}

/** The names in a GeneralNames value of the kinds that Go knows. */
export interface AlternativeNames {
  readonly dnsNames: readonly string[];
  /** 4 or 16 bytes each. */
  readonly ips: readonly Uint8Array[];
  readonly emails: readonly string[];
  readonly uris: readonly string[];
  /** How many names there are of these kinds, also such as cannot be right. */
  readonly known: number;
  /** All names of every kind, as they stand there. */
  readonly raw: readonly DerValue[];
}

/** Tag octets of GeneralName (RFC 5280, 4.2.1.6). */
export const generalName = { email: 0x81, dns: 0x82, uri: 0x86, ip: 0x87 } as const;

/** Reads a SubjectAltName value. @throws DerError */
export function readAlternativeNames(value: Uint8Array): AlternativeNames {
  const names = readDerList(readDer(value).body);
  const bodies = (tag: number) => names.filter((name) => name.tag === tag).map(({ body }) => body);
  const texts = (tag: number) =>
    bodies(tag).map((body) => printable(Buffer.from(body).toString('latin1')));
  return {
    raw: names,
    dnsNames: texts(generalName.dns),
    ips: bodies(generalName.ip).filter(({ length }) => length === 4 || length === 16),
    emails: texts(generalName.email),
    uris: texts(generalName.uri),
    known: names.filter(({ tag }) => Object.values(generalName).some((known) => known === tag))
      .length,
  };
}
