import { type Problem, problem, problemOf } from '../../../shared/errors/index.ts';
import { assess } from '../verify/assess.ts';
import { findAnchors } from '../verify/find-anchors.ts';
import type { Pool } from '../verify/pool.ts';
import type { Presented } from '../verify/verify-chain.ts';
import { describeCertificate } from '../x509/describe-certificate.ts';
import { findPemBlocks } from '../x509/pem.ts';
import { type ReadCertificate, readCertificate } from '../x509/read-certificate.ts';
import type { Draft } from './draft.ts';
import { findChange } from './find-change.ts';

/** What a chain is held against. */
export interface Yardstick {
  /** What Docker accepts on this machine. */
  readonly roots: Pool;
  /** The certificates that the user has trusted for this address, in PEM, oldest first. */
  readonly trusted: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Reads a presented chain; certificates after the leaf that can't be read are passed over. */
export function readChain(
  presented: readonly Uint8Array[],
): readonly [ReadCertificate, ...ReadCertificate[]] | Problem {
  const [first = new Uint8Array(), ...others] = presented;
  try {
    return [readCertificate(first), ...others.flatMap(readOrSkip)];
  } catch (error) {
    return problemOf(error);
  }
}

/**
 * Writes into the report what the presented chain is worth.
 * @param fetched issuers that the server left out: they can be trusted, but Docker never sees them
 * @returns the problems with it, the first for the step
 */
export function judgeTls(
  draft: Draft,
  presented: Presented,
  fetched: readonly ReadCertificate[],
  yardstick: Yardstick,
): readonly Problem[] {
  const { address } = draft;
  const { roots, now } = yardstick;
  const { chain } = presented;
  draft.certificates = [...chain, ...fetched].map(describeCertificate);
  draft.fetched = fetched.map(({ sha256 }) => sha256);
  const assessment = assess(presented, address, roots, now);
  draft.verdict = assessment.verdict;
  draft.dockerSays = assessment.dockerSays;
  draft.candidates = assessment.candidates;
  if (assessment.verdict === 'untrusted' && fetched.length > 0) {
    const anchors = findAnchors(fetched, presented, now);
    const issuers = anchors.map(({ sha256 }) => ({ sha256, kind: 'ca' }) as const);
    draft.candidates = [...draft.candidates, ...issuers];
  }
  const { problem: fault } = assessment;
  if (!fault) return [];
  const change = noteChange(draft, chain, yardstick.trusted);
  if (!change) return [fault];
  // It is the reason for not being trusted; any other fault stands beside it.
  return fault.code === 'CERT_UNTRUSTED' ? [change] : [change, fault];
}

/** The problem of a server that shows another certificate than the one the user has trusted. */
function noteChange(
  draft: Draft,
  chain: readonly ReadCertificate[],
  trusted: readonly string[],
): Problem | undefined {
  const known = trusted.flatMap(findPemBlocks).flatMap(({ der }) => readOrSkip(der));
  const change = findChange(chain, known);
  if (!change) return undefined;
  const { address, candidates } = draft;
  draft.previous = describeCertificate(change.previous);
  draft.sameKey = change.sameKey;
  const shown = candidates.findLast(({ kind }) => kind === 'ca') ?? candidates[0] ?? chain[0];
  const expected = change.previous.sha256;
  return problem('CERT_CHANGED', { address, expected, actual: shown?.sha256 ?? '' });
}

function readOrSkip(der: Uint8Array): readonly ReadCertificate[] {
  try {
    return [readCertificate(der)];
  } catch {
    return [];
  }
}
