import type { TrustCandidate } from '../../../shared/model/probe.ts';
import { isSelfIssued } from '../x509/describe-certificate.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { createPool } from './pool.ts';
import { type Presented, verifyChain } from './verify-chain.ts';

/** Which of these certificates, as the only root, makes the server acceptable: tried by the very rules. */
export function findAnchors(
  among: readonly ReadCertificate[],
  presented: Presented,
  now: number,
): readonly ReadCertificate[] {
  return among.filter(
    (certificate) => verifyChain(presented, createPool([certificate.der]), now) === undefined,
  );
}

/** Whether trusting this certificate means trusting an issuer, or the server's own certificate only. */
export function kindOfAnchor(
  anchor: ReadCertificate,
  { chain }: Presented,
): TrustCandidate['kind'] {
  return anchor.sha256 === chain[0]?.sha256 ? 'leaf' : 'ca';
}

/** What to offer: the issuer highest up, since it lasts longest, before the server's own certificate. */
export function preferAnchor(
  anchors: readonly ReadCertificate[],
  presented: Presented,
): ReadCertificate | undefined {
  const issuers = anchors.filter((anchor) => kindOfAnchor(anchor, presented) === 'ca');
  return issuers.findLast(isSelfIssued) ?? issuers.at(-1) ?? anchors[0];
}
