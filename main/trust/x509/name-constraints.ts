import { DerError, type DerValue, readDerList, readSequence } from './der.ts';
import { generalName } from './names.ts';

/** A range of IP addresses: both 4 or both 16 bytes. */
export interface IpRange {
  readonly address: Uint8Array;
  readonly mask: Uint8Array;
}

/** One side of the constraints: which names are permitted, or which are excluded. */
export interface ConstraintSide {
  readonly dnsNames: readonly string[];
  readonly ipRanges: readonly IpRange[];
  /** Whole addresses, or domains. */
  readonly emails: readonly string[];
  /** Domains of the hosts. */
  readonly uriDomains: readonly string[];
}

/** A CA's name constraints (RFC 5280, 4.2.1.10), as far as Go knows them. */
export interface NameConstraints {
  readonly permitted: ConstraintSide;
  readonly excluded: ConstraintSide;
  /** False when it constrains a kind of name that Go does not know. */
  readonly handled: boolean;
}

/** Reads a NameConstraints value. @throws DerError */
export function readNameConstraints(value: Uint8Array): NameConstraints {
  const members = readSequence(value);
  const subtrees = (tag: number) =>
    readDerList(members.find((member) => member.tag === tag)?.body ?? new Uint8Array()).map(
      readBase,
    );
  const permitted = subtrees(0xa0);
  const excluded = subtrees(0xa1);
  const known: readonly number[] = Object.values(generalName);
  return {
    permitted: readSide(permitted),
    excluded: readSide(excluded),
    handled: [...permitted, ...excluded].every(({ tag }) => known.includes(tag)),
  };
}

function readBase({ body }: DerValue): DerValue {
  const [base] = readDerList(body);
  if (!base) throw new DerError('empty subtree');
  return base;
}

function readSide(bases: readonly DerValue[]): ConstraintSide {
  const bodies = (tag: number) => bases.filter((base) => base.tag === tag).map(({ body }) => body);
  const texts = (tag: number) => bodies(tag).map((body) => Buffer.from(body).toString('latin1'));
  return {
    dnsNames: texts(generalName.dns),
    ipRanges: bodies(generalName.ip).map(readRange),
    emails: texts(generalName.email),
    uriDomains: texts(generalName.uri),
  };
}

function readRange(body: Uint8Array): IpRange {
  if (body.length !== 8 && body.length !== 32) throw new DerError('IP constraint');
  const half = body.length / 2;
  return { address: body.subarray(0, half), mask: body.subarray(half) };
}
