import type { ProbeEvent } from '../../../shared/contract/registries.ts';
import type { Problem } from '../../../shared/errors/index.ts';
import type { ProbeStep, ProbeStepId } from '../../../shared/model/probe.ts';

/** How a step ended: the facts for its words, and what is wrong, if anything is. */
export interface StepEnd {
  readonly state: 'ok' | 'attention' | 'failed' | 'skipped';
  readonly facts?: ProbeStep['facts'];
  readonly problem?: Problem | null;
}

/** The event of a step that begins. */
export function begun(id: ProbeStepId, facts: ProbeStep['facts'] = {}): ProbeEvent {
  return { type: 'step', step: { id, state: 'running', facts, problem: null } };
}

/** The event of a step that has ended. */
export function ended(id: ProbeStepId, end: StepEnd): ProbeEvent {
  const { state, facts = {}, problem = null } = end;
  return { type: 'step', step: { id, state, facts, problem } };
}
