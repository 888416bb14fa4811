import { useEffect, useEffectEvent, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import type { TrustPlan } from '../../../shared/model/trust.ts';
import { problemOf } from '../../lib/errors.ts';

/** A plan that is being made, or why it can't be. */
export interface PlanState {
  readonly plan: TrustPlan | null;
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  /** Makes it anew: a plan serves once. */
  readonly reload: () => void;
}

/**
 * Makes a plan whenever `key` changes; null: there is nothing to plan yet. On purpose no query of the library's:
 * its cache would keep the call's input, which may hold a password. The plan before stays in sight while the next one
 * is made; it must not be applied then.
 */
export function usePlan(
  key: string | null,
  make: (signal: AbortSignal) => Promise<TrustPlan>,
): PlanState {
  const [state, setState] = useState({
    plan: null as TrustPlan | null,
    problem: null as Problem | null,
    isLoading: true,
  });
  const [turn, setTurn] = useState(0);
  const makeNow = useEffectEvent(make);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn makes the same plan anew
  useEffect(() => {
    if (key === null) return;
    const stop = new AbortController();
    setState((before) => ({ ...before, isLoading: true }));
    makeNow(stop.signal).then(
      (plan) => stop.signal.aborted || setState({ plan, problem: null, isLoading: false }),
      (error: unknown) =>
        stop.signal.aborted ||
        setState({ plan: null, problem: problemOf(error), isLoading: false }),
    );
    return () => stop.abort();
  }, [key, turn]);
  const reload = () => setTurn((before) => before + 1);
  return key === null
    ? { plan: null, problem: null, isLoading: false, reload }
    : { ...state, reload };
}
