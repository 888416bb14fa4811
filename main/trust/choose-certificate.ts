import { RegentError } from '../../shared/errors/index.ts';
import { readPemBundle } from './pem-bundle.ts';
import { goWords } from './verify/fault.ts';
import { findAnchors, preferAnchor } from './verify/find-anchors.ts';
import { createPool } from './verify/pool.ts';
import { type Presented, verifyChain } from './verify/verify-chain.ts';
import type { ReadCertificate } from './x509/read-certificate.ts';

/** What the user wants to trust; without anything, whatever is best to trust. */
export interface Wish {
  readonly address: string;
  /** SHA-256 of one certificate. */
  readonly sha256?: string | undefined;
  /** Certificates that the user was given, instead of those that the server showed. */
  readonly pem?: string | undefined;
  /** Where `pem` came from, for the words. */
  readonly source?: string | undefined;
}

/**
 * Finds the one certificate to trust.
 * @param now milliseconds since 1970
 * @throws RegentError `CA_FILE_INVALID`, `CA_FILE_UNRELATED`, `FINGERPRINT_MISMATCH`, `CERT_CHAIN_INVALID`
 */
export function chooseCertificate(wish: Wish, presented: Presented, now: number): ReadCertificate {
  const { address, sha256: expected, pem, source: path = '' } = wish;
  const offered = pem === undefined ? presented.chain : readPemBundle(pem, path);
  const named = offered.find(({ sha256 }) => sha256 === expected);
  if (expected !== undefined && !named) {
    const shown = offered.map(({ sha256 }) => sha256);
    throw new RegentError('FINGERPRINT_MISMATCH', { address, expected, presented: shown });
  }
  const chosen = preferAnchor(findAnchors(named ? [named] : offered, presented, now), presented);
  if (chosen) return chosen;
  if (pem !== undefined) throw new RegentError('CA_FILE_UNRELATED', { path, address });
  const fault = verifyChain(presented, createPool([]), now);
  throw new RegentError('CERT_CHAIN_INVALID', { address, detail: fault ? goWords(fault) : '' });
}
