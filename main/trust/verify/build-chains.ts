import { publicKeyOf } from '../x509/describe-certificate.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { checkValidity, type Place } from './check-validity.ts';
import type { Fault, Hint } from './fault.ts';
import type { Pool } from './pool.ts';
import { checkSignatureFrom } from './signature.ts';

/** Go's limit on the work that a malicious server can cause (crypto/x509, maxChainSignatureChecks). */
const SIGNATURE_CHECKS = 100;

/** What chains are built from. */
export interface Surroundings {
  readonly roots: Pool;
  readonly intermediates: Pool;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Chain = readonly ReadCertificate[];

/** All chains from the leaf to a root, each leaf first; or why there is none (crypto/x509 buildChains). */
export type BuiltChains =
  | { readonly chains: readonly Chain[] }
  | { readonly chains: readonly []; readonly fault: Fault };

/** Builds the chains that end in a root. */
export function buildChains(leaf: ReadCertificate, surroundings: Surroundings): BuiltChains {
  return extend([leaf], surroundings, { count: 0 });
}

function extend(chain: Chain, surroundings: Surroundings, checks: { count: number }): BuiltChains {
  const last = chain.at(-1);
  if (!last) return { chains: [] };
  const chains: Chain[] = [];
  let hint: Hint | undefined;
  let fault: Fault | undefined;
  const consider = (candidate: ReadCertificate, place: Place): void => {
    if (isIn(chain, candidate)) return;
    checks.count += 1;
    if (checks.count > SIGNATURE_CHECKS) {
      fault = { kind: 'too-many-signatures' };
      return;
    }
    const error = checkSignatureFrom(last, candidate);
    if (error !== undefined) {
      hint ??= { error, candidate };
      return;
    }
    fault = checkValidity(candidate, place, chain, surroundings.now);
    if (fault) return;
    const longer = [...chain, candidate];
    if (place === 'root') {
      chains.push(longer);
      return;
    }
    const built = extend(longer, surroundings, checks);
    chains.push(...built.chains);
    fault = 'fault' in built ? built.fault : undefined;
  };
  for (const root of surroundings.roots.parentsOf(last)) consider(root, 'root');
  for (const parent of surroundings.intermediates.parentsOf(last)) consider(parent, 'intermediate');
  if (chains.length > 0) return { chains };
  return { chains: [], fault: fault ?? { kind: 'unknown-authority', hint } };
}

/** Go counts certificates with the same subject, key and names as the same. */
function isIn(chain: Chain, candidate: ReadCertificate): boolean {
  return chain.some(
    (certificate) =>
      certificate.sha256 === candidate.sha256 ||
      (Buffer.compare(certificate.subject, candidate.subject) === 0 &&
        haveSameKey(certificate, candidate) &&
        certificate.native.subjectAltName === candidate.native.subjectAltName),
  );
}

function haveSameKey(one: ReadCertificate, other: ReadCertificate): boolean {
  const [key, otherKey] = [publicKeyOf(one), publicKeyOf(other)];
  return key !== undefined && otherKey !== undefined && key.equals(otherKey);
}
