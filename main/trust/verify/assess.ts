import { type Problem, problem } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { TrustCandidate, Verdict } from '../../../shared/model/probe.ts';
import { publicKeyOf } from '../x509/describe-certificate.ts';
import { formatIp } from '../x509/ip.ts';
import { nameInOneLine } from '../x509/names.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { type Fault, goWords } from './fault.ts';
import { findAnchors, kindOfAnchor } from './find-anchors.ts';
import { createPool, type Pool } from './pool.ts';
import { beginWork, type Presented, type SharedWork, verifyChain } from './verify-chain.ts';

/** A decision about a server's certificate. */
export interface Assessment {
  readonly verdict: Verdict;
  /** Docker's words, null when it has none. */
  readonly dockerSays: string | null;
  readonly problem: Problem | null;
  /** Certificates that mend it once trusted; empty where trust is no cure. */
  readonly candidates: readonly TrustCandidate[];
}

/**
 * Decides about a presented chain.
 * @param address as the user typed it, for the words
 * @param roots what Docker accepts on this machine
 * @param now milliseconds since 1970
 */
export function assess(
  presented: Presented,
  address: string,
  roots: Pool,
  now: number,
): Assessment {
  const weak = weaknessOf(presented.chain[0]);
  if (weak !== undefined) {
    return {
      verdict: 'weak',
      dockerSays: 'remote error: tls: handshake failure',
      problem: problem('CERT_WEAK', { address, algorithm: weak }),
      candidates: [],
    };
  }
  const work = beginWork(presented);
  const fault = verifyChain(presented, roots, now, work);
  const candidates = findAnchors(presented.chain, presented, now, work).map((anchor) => ({
    sha256: anchor.sha256,
    kind: kindOfAnchor(anchor, presented),
  }));
  if (!fault) return { verdict: 'trusted', dockerSays: null, problem: null, candidates };
  const deeper = beneathAuthority(fault, presented, now, work);
  const { verdict, problem: words } = judge(deeper, address);
  return {
    verdict,
    dockerSays: goWords(fault),
    problem: words,
    candidates: verdict === 'untrusted' ? candidates : [],
  };
}

/** What would come next: Go says "unknown authority" before it looks at what trust can't mend. */
function beneathAuthority(
  fault: Fault,
  presented: Presented,
  now: number,
  work: SharedWork,
): Fault {
  const [leaf] = presented.chain;
  if (!leaf || !isAboutAuthority(fault)) return fault;
  const pinned = verifyChain(presented, createPool([leaf]), now, work);
  return pinned ?? { kind: 'unknown-authority', hint: undefined };
}

/** Faults of the way to a root, which end once the leaf itself is trusted. */
function isAboutAuthority({ kind }: Fault): boolean {
  return kind !== 'expired' && kind !== 'not-yet-valid' && kind !== 'host-name';
}

function judge(fault: Fault, address: string): { verdict: Verdict; problem: Problem } {
  switch (fault.kind) {
    case 'unknown-authority':
      return { verdict: 'untrusted', problem: problem('CERT_UNTRUSTED', { address }) };
    case 'expired': {
      const subject = nameInOneLine(fault.certificate.subject);
      const notAfter = new Date(fault.certificate.notAfter).toISOString();
      return {
        verdict: 'expired',
        problem: problem('CERT_EXPIRED', { address, subject, notAfter }),
      };
    }
    case 'not-yet-valid': {
      const subject = nameInOneLine(fault.certificate.subject);
      const notBefore = new Date(fault.certificate.notBefore).toISOString();
      return {
        verdict: 'not-yet-valid',
        problem: problem('CERT_NOT_YET_VALID', { address, subject, notBefore }),
      };
    }
    case 'host-name':
      return judgeNames(fault.certificate, fault.host, address);
    case 'not-parsed':
    case 'unhandled-critical-extension':
    case 'not-authorized-to-sign':
    case 'name-not-permitted':
    case 'too-many-intermediates':
    case 'incompatible-usage':
    case 'too-many-signatures': {
      const detail = goWords(fault);
      return {
        verdict: 'invalid-chain',
        problem: problem('CERT_CHAIN_INVALID', { address, detail }),
      };
    }
    default:
      return assertNever(fault);
  }
}

function judgeNames(
  { alternativeNames }: ReadCertificate,
  host: string,
  address: string,
): { verdict: Verdict; problem: Problem } {
  const { dnsNames = [], ips = [] } = alternativeNames ?? {};
  const names = [...dnsNames, ...ips.map(formatIp)];
  return names.length === 0
    ? { verdict: 'no-san', problem: problem('CERT_NO_SAN', { address, host }) }
    : {
        verdict: 'name-mismatch',
        problem: problem('CERT_NAME_MISMATCH', { address, host, names }),
      };
}

/** What today's engines refuse in the handshake already, whoever signed it; undefined when it is strong enough. */
function weaknessOf(leaf: ReadCertificate | undefined): string | undefined {
  if (!leaf) return undefined;
  if (/^MD[25]-/.test(leaf.signature.name)) return leaf.signature.name;
  const bits = publicKeyOf(leaf)?.asymmetricKeyDetails?.modulusLength;
  return bits !== undefined && bits < 1024 ? `RSA ${bits}` : undefined;
}
