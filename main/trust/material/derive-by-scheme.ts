import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { type DerValue, readObjectId, readSmallInteger, tags } from '../x509/der.ts';
import { readMembers, readOctets } from './ber.ts';
import { type Effort, Locked, type Secret } from './locked.ts';

const PBKDF2 = '1.2.840.113549.1.5.12';
const SCRYPT = '1.3.6.1.4.1.11591.4.11';

/** The hashes that PBKDF2 is used with. */
const PRFS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** The most that scrypt may take: eight times OpenSSL's own choice. In bytes. */
const MOST_MEMORY = 128 * 1024 * 1024;

/**
 * Derives a key from a password by the scheme that a file names: PBKDF2 (RFC 8018, 5.2) or scrypt (RFC 7914, 7).
 * @param scheme its AlgorithmIdentifier
 * @param size in bytes
 * @throws Locked for other schemes, and for more work than anybody waits for
 * @throws DerError
 */
export function deriveByScheme(
  scheme: DerValue | undefined,
  size: number,
  { utf8 }: Secret,
  effort: Effort,
): Buffer {
  const [oid, parameters] = readMembers(scheme);
  const [salt, count, ...rest] = readMembers(parameters);
  const rounds = readSmallInteger(count);
  switch (readObjectId(oid)) {
    case PBKDF2: {
      const prf = rest.find(({ tag }) => tag === tags.sequence);
      const digest = prf ? PRFS[readObjectId(readMembers(prf)[0])] : 'sha1';
      if (digest === undefined) throw new Locked('encryption');
      effort.spend(rounds * 2);
      return pbkdf2Sync(utf8, readOctets(salt), rounds, size, digest);
    }
    case SCRYPT:
      return deriveScrypt({ utf8, salt: readOctets(salt), size, cost: rounds, rest });
    default:
      throw new Locked('encryption');
  }
}

function deriveScrypt(wish: {
  readonly utf8: Uint8Array;
  readonly salt: Uint8Array;
  readonly size: number;
  readonly cost: number;
  readonly rest: readonly DerValue[];
}): Buffer {
  const { utf8, salt, size, cost, rest } = wish;
  const [blockSize, parallelization] = rest.slice(0, 2).map(readSmallInteger);
  if (parallelization !== 1) throw new Locked('encryption');
  try {
    const options = { cost, blockSize: blockSize ?? 0, parallelization, maxmem: MOST_MEMORY };
    return scryptSync(utf8, salt, size, options);
  } catch {
    // More memory than is allowed, or numbers that make no sense.
    throw new Locked('encryption');
  }
}
