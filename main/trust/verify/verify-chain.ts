import type { ReadCertificate } from '../x509/read-certificate.ts';
import { buildChains } from './build-chains.ts';
import { checkValidity } from './check-validity.ts';
import type { Fault } from './fault.ts';
import { matchesHost } from './host-name.ts';
import { isForServers } from './key-usage.ts';
import { createPool, type Pool } from './pool.ts';

/** A server's chain as it was presented, and whom it claims to be. */
export interface Presented {
  /** Leaf first. */
  readonly chain: readonly ReadCertificate[];
  /** DNS name or IP address, without brackets. */
  readonly host: string;
}

/**
 * Decides as Go's TLS client would (crypto/x509 Verify), because Docker is written in Go and Node decides
 * otherwise: the leaf itself, its names, the chain to a root, then the extended key usages.
 * @param now milliseconds since 1970
 * @returns why Go refuses it, or undefined when it accepts
 */
export function verifyChain(presented: Presented, roots: Pool, now: number): Fault | undefined {
  const [leaf, ...others] = presented.chain;
  if (!leaf) return { kind: 'unknown-authority', hint: undefined };
  const invalid = checkValidity(leaf, 'leaf', [], now);
  if (invalid) return invalid;
  if (!matchesHost(leaf, presented.host)) {
    return { kind: 'host-name', certificate: leaf, host: presented.host };
  }
  if (roots.has(leaf)) return isForServers([leaf]) ? undefined : { kind: 'incompatible-usage' };
  const intermediates = createPool(others.map(({ der }) => der));
  const built = buildChains(leaf, { roots, intermediates, now });
  if ('fault' in built) return built.fault;
  return built.chains.some(isForServers) ? undefined : { kind: 'incompatible-usage' };
}
