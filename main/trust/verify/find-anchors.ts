import type { TrustCandidate } from '../../../shared/model/probe.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { createPool } from './pool.ts';
import { beginWork, type Presented, type SharedWork, verifyChain } from './verify-chain.ts';

/**
 * Which of these certificates, as the only root, makes the server acceptable: tried by the very rules.
 * @param now milliseconds since 1970
 */
export function findAnchors(
  among: readonly ReadCertificate[],
  presented: Presented,
  now: number,
  work: SharedWork = beginWork(presented),
): readonly ReadCertificate[] {
  return among.filter(
    (certificate) => verifyChain(presented, createPool([certificate]), now, work) === undefined,
  );
}

/** Whether trusting this certificate means trusting an issuer, or the server's own certificate only. */
export function kindOfAnchor(
  anchor: ReadCertificate,
  { chain }: Presented,
): TrustCandidate['kind'] {
  return anchor.sha256 === chain[0]?.sha256 ? 'leaf' : 'ca';
}
