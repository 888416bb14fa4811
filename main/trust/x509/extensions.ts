import {
  type DerValue,
  expectTag,
  readDer,
  readDerList,
  readObjectId,
  readSequence,
  readSmallInteger,
  tags,
} from './der.ts';
import { type NameConstraints, readNameConstraints } from './name-constraints.ts';
import { type AlternativeNames, readAlternativeNames } from './names.ts';

/** The extensions of a certificate that decide about trust (RFC 5280, 4.2). What is absent is undefined. */
export interface Extensions {
  readonly alternativeNames: AlternativeNames | undefined;
  readonly basicConstraints: { readonly isCa: boolean; readonly pathLength: number } | undefined;
  /** Whether `keyUsage` allows signing certificates. */
  readonly mayCertSign: boolean | undefined;
  /** Object identifiers of the extended key usages. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: Uint8Array | undefined;
  /** Object identifiers of all extensions, in their order. */
  readonly extensionIds: readonly string[];
  /** Those that are critical. */
  readonly critical: readonly string[];
  /** Critical extensions that Go does not know, by object identifier. */
  readonly unhandledCritical: readonly string[];
}

/** Object identifiers of the extensions that decide about trust. */
export const extensionId = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** What Go parses without that it decides here: CRL points, policies and their kin, authority information. */
const ALSO_HANDLED = new Set([
  ...['2.5.29.31', '2.5.29.32', '2.5.29.33', '2.5.29.36', '2.5.29.54', '1.3.6.1.5.5.7.1.1'],
]);

interface RawExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Reads the `extensions` field of a certificate; undefined when it has none. @throws DerError */
export function readExtensions(field: DerValue | undefined): Extensions {
  const list = field ? readSequence(field.body).map(readExtension) : [];
  const value = (oid: string) => list.find((extension) => extension.oid === oid)?.value;
  const map = <T>(oid: string, read: (bytes: Uint8Array) => T): T | undefined => {
    const bytes = value(oid);
    return bytes && read(bytes);
  };
  const alternativeNames = map(extensionId.alternativeNames, readAlternativeNames);
  const nameConstraints = map(extensionId.nameConstraints, readNameConstraints);
  const handled = (oid: string) => {
    if (oid === extensionId.alternativeNames) return (alternativeNames?.known ?? 0) > 0;
    if (oid === extensionId.nameConstraints) return nameConstraints?.handled === true;
    return ALSO_HANDLED.has(oid) || Object.values(extensionId).some((known) => known === oid);
  };
  const critical = list.filter((extension) => extension.critical).map(({ oid }) => oid);
  return {
    alternativeNames,
    nameConstraints,
    basicConstraints: map(extensionId.basicConstraints, readBasicConstraints),
    mayCertSign: map(extensionId.keyUsage, readCertSign),
    extendedKeyUsage: map(extensionId.extendedKeyUsage, (bytes) =>
      readSequence(bytes).map(readObjectId),
    ),
    subjectKeyId: map(
      extensionId.subjectKeyId,
      (bytes) => expectTag(readDer(bytes), tags.octetString).body,
    ),
    authorityKeyId: map(
      extensionId.authorityKeyId,
      (bytes) => readSequence(bytes).find(({ tag }) => tag === 0x80)?.body,
    ),
    extensionIds: list.map(({ oid }) => oid),
    critical,
    unhandledCritical: critical.filter((oid) => !handled(oid)),
  };
}

function readExtension({ body }: DerValue): RawExtension {
  const [oid, ...rest] = readDerList(body);
  const [critical] = rest.length > 1 ? rest : [];
  return {
    oid: readObjectId(oid),
    critical: critical !== undefined && expectTag(critical, tags.boolean).body[0] !== 0,
    value: expectTag(rest.at(-1), tags.octetString).body,
  };
}

function readBasicConstraints(bytes: Uint8Array) {
  const members = readSequence(bytes);
  const flag = members.find(({ tag }) => tag === tags.boolean);
  const limit = members.find(({ tag }) => tag === tags.integer);
  const isCa = flag !== undefined && flag.body[0] !== 0;
  return { isCa, pathLength: limit ? readSmallInteger(limit) : Number.POSITIVE_INFINITY };
}

/** Bit 5 of KeyUsage. Go treats a value without any bit like no extension at all. */
function readCertSign(bytes: Uint8Array): boolean | undefined {
  const [, ...bits] = expectTag(readDer(bytes), tags.bitString).body;
  if (bits.every((octet) => octet === 0)) return undefined;
  return ((bits[0] ?? 0) & 0x04) !== 0;
}
