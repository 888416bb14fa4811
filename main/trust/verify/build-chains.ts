import { publicKeyOf } from '../x509/describe-certificate.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { checkValidity, type Place } from './check-validity.ts';
import type { Fault, Hint } from './fault.ts';
import type { Pool } from './pool.ts';
import { hasKnownKey } from './signature.ts';
import { exhausted, type SignatureChecks } from './signature-checks.ts';

/** Go's limit on the work that a malicious server can cause (crypto/x509, maxChainSignatureChecks). */
const SIGNATURE_CHECKS = 100;

/** What chains are built from. */
export interface Surroundings {
  readonly roots: Pool;
  readonly intermediates: Pool;
  readonly signatures: SignatureChecks;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Chain = readonly ReadCertificate[];

/** All chains from the leaf to a root, each leaf first; or why there is none (crypto/x509 buildChains). */
export type BuiltChains =
  | { readonly chains: readonly Chain[]; readonly fault: undefined }
  | { readonly chains: readonly []; readonly fault: Fault };

/** Builds the chains that end in a root. */
export function buildChains(leaf: ReadCertificate, surroundings: Surroundings): BuiltChains {
  return extend([leaf], surroundings, { count: 0 });
}

/** What came of trying one issuer; undefined when it was in the chain already, or Go does not count it at all. */
type Tried = BuiltChains | { readonly hint: Hint } | undefined;

function extend(chain: Chain, surroundings: Surroundings, checks: { count: number }): BuiltChains {
  const last = chain.at(-1);
  if (!last) return nothing;
  const chains: Chain[] = [];
  let hint: Hint | undefined;
  let fault: Fault | undefined;
  for (const [candidate, place] of candidatesFor(last, surroundings)) {
    checks.count += 1;
    const tried =
      checks.count > SIGNATURE_CHECKS
        ? limitReached
        : tryIssuer(candidate, place, chain, surroundings, checks);
    if (!tried) continue;
    if ('hint' in tried) {
      hint ??= tried.hint;
      continue;
    }
    chains.push(...tried.chains);
    fault = tried.fault;
    if (fault?.kind === 'too-many-signatures') break;
  }
  if (chains.length > 0) return { chains, fault: undefined };
  return { chains: [], fault: fault ?? { kind: 'unknown-authority', hint } };
}

const nothing: BuiltChains = { chains: [], fault: undefined };
const limitReached: BuiltChains = { chains: [], fault: { kind: 'too-many-signatures' } };

function candidatesFor(
  last: ReadCertificate,
  { roots, intermediates }: Surroundings,
): readonly (readonly [ReadCertificate, Place])[] {
  return [
    ...roots.parentsOf(last).map((root) => [root, 'root'] as const),
    ...intermediates.parentsOf(last).map((parent) => [parent, 'intermediate'] as const),
  ];
}

function tryIssuer(
  candidate: ReadCertificate,
  place: Place,
  chain: Chain,
  surroundings: Surroundings,
  checks: { count: number },
): Tried {
  const last = chain.at(-1);
  if (!last || !hasKnownKey(candidate) || isIn(chain, candidate)) return undefined;
  const error = surroundings.signatures.check(last, candidate);
  if (error === exhausted) return limitReached;
  if (error !== undefined) return { hint: { error, candidate } };
  const fault = checkValidity(candidate, place, chain, surroundings.now);
  if (fault) return { chains: [], fault };
  const longer = [...chain, candidate];
  return place === 'root'
    ? { chains: [longer], fault: undefined }
    : extend(longer, surroundings, checks);
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
