import type { ReadCertificate } from '../x509/read-certificate.ts';
import { buildChains } from './build-chains.ts';
import { checkValidity } from './check-validity.ts';
import type { Fault } from './fault.ts';
import { goRefusal } from './go-refusal.ts';
import { matchesHost } from './host-name.ts';
import { isForServers } from './key-usage.ts';
import { checkNameConstraints } from './name-constraints.ts';
import { createPool, type Pool } from './pool.ts';
import { createSignatureChecks, type SignatureChecks } from './signature-checks.ts';

/** A server's chain as it was presented, and whom it claims to be. */
export interface Presented {
  /** Leaf first. */
  readonly chain: readonly ReadCertificate[];
  /** DNS name or IP address, without brackets. */
  readonly host: string;
}

/** What several decisions about one presented chain share, so that together they cost little more than one. */
export interface SharedWork {
  /** Go's words on a certificate among them that it does not even parse. */
  readonly refusal: string | undefined;
  readonly intermediates: Pool;
  readonly signatures: SignatureChecks;
}

/** Work on this chain, of which nothing is done yet. */
export function beginWork({ chain }: Presented): SharedWork {
  return {
    refusal: chain.flatMap((certificate) => goRefusal(certificate) ?? [])[0],
    intermediates: createPool(chain.slice(1)),
    signatures: createSignatureChecks(),
  };
}

/**
 * Decides as Go's TLS client would (crypto/x509 Verify), because Docker is written in Go and Node decides
 * otherwise: whether all can be parsed, the leaf itself, its names, the chains to a root, their extended key usages and name constraints.
 * @param now milliseconds since 1970
 * @returns why Go refuses it, or undefined when it accepts
 */
export function verifyChain(
  presented: Presented,
  roots: Pool,
  now: number,
  work: SharedWork = beginWork(presented),
): Fault | undefined {
  const [leaf] = presented.chain;
  if (!leaf) return { kind: 'unknown-authority', hint: undefined };
  if (work.refusal !== undefined) return { kind: 'not-parsed', words: work.refusal };
  const invalid = checkValidity(leaf, 'leaf', [], now);
  if (invalid) return invalid;
  if (!matchesHost(leaf, presented.host)) {
    return { kind: 'host-name', certificate: leaf, host: presented.host };
  }
  if (roots.has(leaf)) return judgeChains([[leaf]]);
  const built = buildChains(leaf, { roots, now, ...work });
  return built.fault ?? judgeChains(built.chains);
}

/** One good chain is enough; a name that is not allowed weighs more than a wrong usage. */
function judgeChains(chains: readonly (readonly ReadCertificate[])[]): Fault | undefined {
  const forServers = chains.filter(isForServers);
  const details = forServers.map(checkNameConstraints);
  if (details.includes(undefined)) return undefined;
  const [detail] = details;
  return detail === undefined
    ? { kind: 'incompatible-usage' }
    : { kind: 'name-not-permitted', detail };
}
