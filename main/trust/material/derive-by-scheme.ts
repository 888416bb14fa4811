import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { type DerValue, readObjectId, readSmallInteger, tags } from '../x509/der.ts';
import { readMembers, readOctets } from './ber.ts';
import { type Effort, Locked, type Secret } from './locked.ts';

const PBKDF2 = '1.2.840.113549.1.5.12';
const SCRYPT = '1.3.6.1.4.1.11591.4.11';

interface Prf {
  readonly digest: string;
  /** What one round gives, in bytes. */
  readonly output: number;
  /** What one round takes, in units of {@link Effort}. */
  readonly effort: number;
}

const SHA1: Prf = { digest: 'sha1', output: 20, effort: 1 };

/** The hashes that PBKDF2 is used with. */
const PRFS: Readonly<Record<string, Prf>> = {
  '1.2.840.113549.2.7': SHA1,
  '1.2.840.113549.2.8': { digest: 'sha224', output: 28, effort: 1 },
  '1.2.840.113549.2.9': { digest: 'sha256', output: 32, effort: 1 },
  '1.2.840.113549.2.10': { digest: 'sha384', output: 48, effort: 2 },
  '1.2.840.113549.2.11': { digest: 'sha512', output: 64, effort: 2 },
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
      const known = prf ? PRFS[readObjectId(readMembers(prf)[0])] : SHA1;
      if (!known) throw new Locked('encryption');
      effort.spend(rounds * Math.ceil(size / known.output) * known.effort);
      return pbkdf2Sync(utf8, readOctets(salt), rounds, size, known.digest);
    }
    case SCRYPT:
      return deriveScrypt({ utf8, salt: readOctets(salt), size, cost: rounds, rest, effort });
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
  readonly effort: Effort;
}): Buffer {
  const { utf8, salt, size, cost, rest, effort } = wish;
  const [blockSize = 0, parallelization = 0] = rest.slice(0, 2).map(readSmallInteger);
  // Each of p runs goes through N blocks of r times 128 bytes, twice (RFC 7914, 5 and 6).
  effort.spend(cost * blockSize * parallelization);
  try {
    const options = { cost, blockSize, parallelization, maxmem: MOST_MEMORY };
    return scryptSync(utf8, salt, size, options);
  } catch {
    // More memory than is allowed, or numbers that make no sense.
    throw new Locked('encryption');
  }
}
