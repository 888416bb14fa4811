import type { ProbeEvent } from '../../../shared/contract/registries.ts';
import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { ProbeReport, ProbeStep, ProbeStepId } from '../../../shared/model/probe.ts';
import { ended } from './step.ts';

/** A report that is being filled in, step by step. */
export type Draft = { -readonly [K in keyof ProbeReport]: ProbeReport[K] };

/** A report about a server of which nothing is known yet. */
export function beginDraft(address: string): Draft {
  return {
    address,
    scheme: null,
    ips: [],
    proxy: null,
    tlsVersion: null,
    certificates: [],
    verdict: 'unreachable',
    dockerSays: null,
    problems: [],
    candidates: [],
    fetched: [],
    loopback: false,
    previous: null,
    sameKey: false,
    advice: null,
    api: null,
    auth: null,
  };
}

const ORDER: readonly ProbeStepId[] = ['resolve', 'connect', 'tls', 'api', 'auth'];

/** Ends a look at the step that failed: the problem goes into the report, later steps are skipped. */
export function* failStep(
  draft: Draft,
  id: ProbeStepId,
  facts: ProbeStep['facts'],
  failure: Problem,
): Generator<ProbeEvent, void, void> {
  draft.problems = [...draft.problems, failure];
  yield ended(id, { state: 'failed', facts, problem: failure });
  yield* skipAfter(id);
}

/** Skips the steps that come after this one. */
export function* skipAfter(id: ProbeStepId): Generator<ProbeEvent, void, void> {
  for (const later of ORDER.slice(ORDER.indexOf(id) + 1)) yield ended(later, { state: 'skipped' });
}

/** The verdict on a server that answers, but not as a registry: it outweighs what its certificate is worth. */
export function noteNoRegistry(draft: Draft, status: number): Problem {
  const failure = problem('NOT_A_REGISTRY', { address: draft.address, status });
  draft.verdict = 'not-a-registry';
  draft.candidates = [];
  return failure;
}
