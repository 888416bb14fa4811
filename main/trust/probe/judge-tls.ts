import { type Problem, problem, problemOf } from '../../../shared/errors/index.ts';
import { assess } from '../verify/assess.ts';
import type { Pool } from '../verify/pool.ts';
import { describeCertificate } from '../x509/describe-certificate.ts';
import { type ReadCertificate, readCertificate } from '../x509/read-certificate.ts';
import type { Draft } from './draft.ts';
import type { Look } from './look.ts';

/** What a chain is held against. */
export interface Yardstick {
  /** What Docker accepts on this machine. */
  readonly roots: Pool;
  /** SHA-256 of the certificates that the user has trusted for this address. */
  readonly expected: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Writes into the report what the presented chain is worth. @returns the problem with it, or null */
export function judgeTls(
  draft: Draft,
  look: Look,
  presented: readonly Uint8Array[],
  yardstick: Yardstick,
): Problem | null {
  const { address } = look;
  const [first] = presented;
  const leaf = readOrProblem(first ?? new Uint8Array());
  if ('code' in leaf) {
    draft.verdict = 'invalid-chain';
    return leaf;
  }
  const chain = [leaf, ...presented.slice(1).flatMap(readOrSkip)];
  draft.certificates = chain.map(describeCertificate);
  const host = { chain, host: look.parts.host };
  const assessment = assess(host, address, yardstick.roots, yardstick.now);
  draft.verdict = assessment.verdict;
  draft.dockerSays = assessment.dockerSays;
  draft.candidates = assessment.candidates;
  return assessment.verdict === 'untrusted'
    ? (changeOf(draft, yardstick.expected) ?? assessment.problem)
    : assessment.problem;
}

/** The problem of a server that shows another certificate than the one the user has trusted. */
function changeOf(
  { address, candidates }: Draft,
  expected: readonly string[],
): Problem | undefined {
  const [first] = expected;
  const isKnown = candidates.some(({ sha256 }) => expected.includes(sha256));
  const actual = (candidates.findLast(({ kind }) => kind === 'ca') ?? candidates[0])?.sha256;
  if (first === undefined || isKnown || actual === undefined) return undefined;
  return problem('CERT_CHANGED', { address, expected: first, actual });
}

function readOrProblem(der: Uint8Array): ReadCertificate | Problem {
  try {
    return readCertificate(der);
  } catch (error) {
    return problemOf(error);
  }
}

function readOrSkip(der: Uint8Array): readonly ReadCertificate[] {
  const certificate = readOrProblem(der);
  return 'code' in certificate ? [] : [certificate];
}
