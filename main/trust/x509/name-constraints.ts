import { DerError, type DerValue, readDerList, readSequence } from './der.ts';
import { generalName } from './names.ts';

/** A range of IP addresses: both 4 or both 16 bytes. */
export interface IpRange {
  readonly address: Uint8Array;
  readonly mask: Uint8Array;
}

/** One side of the constraints: which names are permitted, or which are excluded. */
interface ConstraintSide {
  readonly dnsNames: readonly string[];
  readonly ipRanges: readonly IpRange[];
}

/** A CA's name constraints (RFC 5280, 4.2.1.10), as far as they speak of names that a server can have. */
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
  return {
    dnsNames: bases
      .filter(({ tag }) => tag === generalName.dns)
      .map(({ body }) => Buffer.from(body).toString('latin1')),
    ipRanges: bases.filter(({ tag }) => tag === generalName.ip).map(({ body }) => readRange(body)),
  };
}

function readRange(body: Uint8Array): IpRange {
  if (body.length !== 8 && body.length !== 32) throw new DerError('IP constraint');
  const half = body.length / 2;
  return { address: body.subarray(0, half), mask: body.subarray(half) };
}
